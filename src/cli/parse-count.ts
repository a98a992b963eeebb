import { InvalidArgumentError } from 'commander';

/** A parser for an option that takes a whole number. */
export function parseCount(low: number, high: number): (text: string) => number {
  return (text) => {
    const count = Number(text);
    if (!/^\d+$/.test(text) || count < low || count > high) {
      throw new InvalidArgumentError(`It must be a whole number from ${low} to ${high}.`);
    }
    return count;
  };
}

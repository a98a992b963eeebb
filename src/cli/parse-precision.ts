import { InvalidArgumentError } from 'commander';

/** A share as an option's value. */
export function parsePrecision(text: string): number {
  const share = Number(text);
  if (!/^0?\.\d+$/.test(text) || share < 0.5 || share > 0.99) {
    throw new InvalidArgumentError('It must be a share from 0.5 to 0.99.');
  }
  return share;
}

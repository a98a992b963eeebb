/**
 * A number with its noun.
 *
 * @example
 * countText(1, 'file'); // '1 file'
 * countText(3, 'line'); // '3 lines'
 */
export function countText(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

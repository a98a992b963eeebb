import { InvalidArgumentError } from 'commander';
import { PRECISION_RANGE } from '../config/repository-config.js';

/** A share as an option's value, within what the configuration takes for its `precision`. */
export function parsePrecision(text: string): number {
  const share = Number(text);
  const { least, most } = PRECISION_RANGE;
  if (!/^0?\.\d+$/.test(text) || share < least || share > most) {
    throw new InvalidArgumentError(`It must be a share from ${least} to ${most}.`);
  }
  return share;
}

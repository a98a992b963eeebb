import { percent } from '../triage/softmax.js';

/** A share in percent, floored as `percent` does; a dash for none. */
export function shareText(share: number | null | undefined): string {
  return share === null || share === undefined ? '-' : percent(share);
}

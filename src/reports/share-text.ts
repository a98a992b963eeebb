/**
 * A share in percent with one decimal, as the command's own table shows it; a dash for none. Floored,
 * so that 89.96 % never reads as the 90 % it missed.
 */
export function shareText(share: number | null | undefined): string {
  return share === null || share === undefined
    ? '–'
    : `${(Math.floor(share * 1000 + 1e-6) / 10).toFixed(1)} %`;
}

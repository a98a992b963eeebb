/** A share in percent with one decimal, as the command's own table shows it; a dash for none. */
export function shareText(share: number | null | undefined): string {
  return share === null || share === undefined ? '–' : `${(share * 100).toFixed(1)} %`;
}

/** Markdown with all inline code taken out, as GitHub's renderer pairs runs of backticks. */
export function outsideCode(markdown: string): string {
  return markdown.replace(/(`+)(?!`)([\s\S]*?[^`])\1(?!`)/g, '');
}

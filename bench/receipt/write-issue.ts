const PARTS = [
  'The export button does nothing after the last update.',
  'Steps: open a project, choose export, pick any format.',
  'Expected: a file is written. Actual: the dialog closes and nothing happens.',
  'It would help to have a setting for the default format.',
  'How can I find out which version wrote a file?',
];

/** An issue of ordinary length, different for each number. */
export function writeIssue(i: number): { title: string; body: string } {
  const lines = Array.from({ length: 4 + (i % 12) }, (_, line) => PARTS[(i + line) % PARTS.length]);
  return { title: `Report ${i}: ${PARTS[i % PARTS.length]}`, body: lines.join('\n\n') };
}

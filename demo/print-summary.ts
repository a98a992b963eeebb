import { oneLine } from './fit-column.js';
import type { Style } from './print-decision.js';
import type { Agreement, Summary } from './summarize.js';
import type { TriagedIssue } from './triage-issues.js';

/** The run in a few lines, and a list of what was not handled. */
export function summaryText(
  summary: Summary,
  issues: readonly TriagedIssue[],
  { paint }: Style,
): string {
  const { handled, labelled, leftAlone, medianMs, p95Ms, agreement } = summary;
  const problems = issues.filter(({ problem }) => problem !== null);
  return [
    '',
    `${paint.bold(`${handled} of ${summary.issues} issues handled`)}: ${labelled} labelled, ${leftAlone} left alone`,
    `From webhook to decision: median ${medianMs ?? '–'} ms, 95 % within ${p95Ms ?? '–'} ms`,
    ...(agreement === null ? [] : [agreementText(agreement)]),
    ...problems.map((issue) => paint.red(`not handled: ${problemText(issue)}`)),
    '',
  ].join('\n');
}

/** One line on an issue that was not handled. */
function problemText({ repository, issue, title, problem }: TriagedIssue): string {
  return `${repository}#${issue} "${oneLine(title)}": ${problem ?? ''}`;
}

function agreementText(agreement: Agreement): string {
  const { judged, agree, wrong, missed, precision, coverage } = agreement;
  const share = `precision ${percent(precision)}, coverage ${percent(coverage)}`;
  return `Compared with the file: ${agree} of ${judged} agree, ${wrong} labelled otherwise, ${missed} left alone that had an answer (${share})`;
}

function percent(share: number | null): string {
  return share === null ? '–' : `${(share * 100).toFixed(1)} %`;
}

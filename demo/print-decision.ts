import type { colours } from '../src/cli/colours.js';
import { ISSUE_CLASSES, type IssueType, type Scores } from '../src/triage/plan.js';
import { fitColumn } from './fit-column.js';
import type { TriagedIssue } from './triage-issues.js';

/** How to print: functions that colour (or don't), and the columns there are. */
export interface Style {
  readonly paint: ReturnType<typeof colours>;
  readonly width: number;
}

const DECISION_WIDTH = 20;
const SCORE_WIDTH = 5;
const TIME_WIDTH = 9;
const FIXED = DECISION_WIDTH + 3 * SCORE_WIDTH + TIME_WIDTH + 3;
const NARROWEST = 60;

/** Names of the columns, over the lines of `decisionLine`. */
export function headingLine({ paint, width }: Style): string {
  const { reference, title } = flexibleWidths(width);
  const scores = ['bug', 'feat', 'ques'].map((name) => name.padStart(SCORE_WIDTH)).join('');
  const line = `${fitColumn('issue', reference)} ${fitColumn('title', title)} ${fitColumn('decision', DECISION_WIDTH)} ${scores}${'time'.padStart(TIME_WIDTH)}`;
  return paint.dim(line);
}

/**
 * One line an issue: where, what, the label or "left alone", the three scores, the time from
 * webhook to decision.
 */
export function decisionLine(issue: TriagedIssue, { paint, width }: Style): string {
  const columns = flexibleWidths(width);
  const reference = fitReference(issue, columns.reference);
  const title = fitColumn(issue.title, columns.title);
  const time = issue.toDecisionMs === null ? '–' : `${issue.toDecisionMs} ms`;
  return [
    paint.dim(reference),
    title,
    decisionColumn(issue, paint),
    scoreColumns(issue.scores, paint) + paint.dim(time.padStart(TIME_WIDTH)),
  ].join(' ');
}

function flexibleWidths(width: number): { readonly reference: number; readonly title: number } {
  const rest = Math.max(width, NARROWEST) - FIXED;
  const reference = Math.min(26, Math.floor(rest * 0.4));
  return { reference, title: rest - reference };
}

/** The number stays when the name has to be cut. */
function fitReference({ repository, issue }: TriagedIssue, width: number): string {
  const number = `#${issue}`;
  const room = width - number.length;
  const name =
    repository.length <= room ? repository : repository.slice(repository.indexOf('/') + 1);
  const shown = name.length <= room ? name : `${name.slice(0, Math.max(0, room - 1))}…`;
  return fitColumn(shown + number, width);
}

function decisionColumn(issue: TriagedIssue, paint: Style['paint']): string {
  if (issue.problem !== null) return paint.red(fitColumn(issue.problem, DECISION_WIDTH));
  if (issue.decided === null) {
    const why = issue.outcome === 'abstained' ? '' : ` (${issue.outcome})`;
    return paint.dim(fitColumn(`left alone${why}`, DECISION_WIDTH));
  }
  return typePaint(issue.decided, paint)(fitColumn(issue.labels.join(', '), DECISION_WIDTH));
}

function typePaint(name: IssueType, paint: Style['paint']): (text: string) => string {
  return {
    bug: paint.red,
    feature: paint.cyan,
    question: paint.magenta,
    documentation: paint.blue,
  }[name];
}

function scoreColumns(scores: Scores | null, paint: Style['paint']): string {
  if (scores === null) return paint.dim('–'.padStart(SCORE_WIDTH).repeat(3));
  const best = Math.max(...ISSUE_CLASSES.map((name) => scores[name]));
  return ISSUE_CLASSES.map((name) => {
    // Floored, so that a score never reads as the threshold it missed.
    const text = (Math.floor(scores[name] * 100 + 1e-9) / 100).toFixed(2).padStart(SCORE_WIDTH);
    return scores[name] === best ? typePaint(name, paint)(text) : paint.dim(text);
  }).join('');
}

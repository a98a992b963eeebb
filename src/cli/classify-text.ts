import type { Classifier } from '../models/encoder.js';
import { chooseType } from '../triage/choose-class.js';
import type { IssueType, Reason, Scores } from '../triage/plan.js';
import { prepareIssue } from '../triage/prepare-issue.js';
import { scoreIssue } from '../triage/score-issue.js';

export interface IssueText {
  readonly title: string;
  readonly body: string | null;
  /** GitHub's `author_association`, where it is known: heads may have learned from it. */
  readonly authorAssociation?: string | undefined;
}

export interface Classification {
  /** Null: not sure enough. */
  readonly label: IssueType | null;
  readonly scores: Scores;
  readonly reasons: readonly Reason[];
  /** Preparation, tokenization and inference. */
  readonly ms: number;
}

/** The whole way of one issue: prepare, encode, score, choose with the model's thresholds. */
export async function classifyText(encoder: Classifier, issue: IssueText): Promise<Classification> {
  const start = performance.now();
  const text = prepareIssue(issue);
  const prepared = performance.now() - start;
  const { logits, ms } = await encoder.classify(text);
  const scores = scoreIssue(logits, encoder.manifest.temperature);
  const choice = chooseType(issue.title, scores, encoder.manifest.thresholds);
  return { label: choice.type, scores, reasons: choice.reasons, ms: round(prepared + ms, 2) };
}

/** Scores short enough to read, long enough to compare. */
export function roundScores({ bug, feature, question }: Scores): Scores {
  return { bug: round(bug, 6), feature: round(feature, 6), question: round(question, 6) };
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

/**
 * One issue as Markdown: the first line that is not blank is the title, the rest the body.
 *
 * @returns null for text without a title
 */
export function parseIssueMarkdown(text: string): { title: string; body: string } | null {
  const content = text.replace(/^\ufeff/, '').trimStart();
  const end = /\r?\n/.exec(content);
  const first = end === null ? content : content.slice(0, end.index);
  const title = first.replace(/^#{1,6} +/, '').trim();
  const body = end === null ? '' : content.slice(end.index + end[0].length).trim();
  return title === '' ? null : { title, body };
}

import { DEFAULT_REPOSITORY_CONFIG } from '../config/repository-config.js';
import type { Head } from '../learning/head.js';
import { proposeLabels } from '../triage/propose-labels.js';
import { percent } from '../triage/softmax.js';
import type { HeadClassification } from './classify-with-head.js';
import { colours } from './colours.js';
import { printable } from './write-line.js';

const BARS = 5;

/**
 * What a repository's head says of an issue, for people: labels, the likeliest with bars, and the
 * reasons that the App would give.
 *
 * @param model name and version of the encoder
 */
export function describeLabels(
  { labels, scores, ms }: HeadClassification,
  head: Pick<Head, 'labels' | 'exclusive' | 'precision'>,
  model: string,
  colour: boolean,
): string {
  const paint = colours(colour);
  const title = labels.length === 0 ? paint.yellow('not sure') : paint.green(printed(labels));
  const learned = head.labels.map(({ name, threshold, untried }) => ({
    name,
    threshold,
    untried,
    probability: scores[name] ?? 0,
    // Of those that reach their threshold the others are not; of the rest it changes nothing.
    likeliest: labels.includes(name),
    switched: false,
  }));
  const shown = learned.toSorted((a, b) => b.probability - a.probability).slice(0, BARS);
  const width = Math.max(...shown.map(({ name }) => printable(name).length));
  const bars = shown.map(({ name, probability }) => {
    const bar = paint.dim('█'.repeat(Math.round(probability * 20)));
    const share = percent(probability).padStart(7);
    return `  ${printable(name).padEnd(width)} ${share}  ${bar}`.trimEnd();
  });
  const rest = learned.length - shown.length;
  const { precision, exclusive } = head;
  const { reasons } = proposeLabels(
    { version: 1, precision, exclusive, labels: learned },
    DEFAULT_REPOSITORY_CONFIG,
  );
  const why = reasons.map(({ text }) => printable(text));
  return [
    paint.bold(title),
    ...bars,
    ...(rest > 0 ? [`  … and ${rest} more; --json shows all`] : []),
    ...(why.length > 0
      ? why
      : [`No label was shown to be right ${percent(precision)} of the time.`]),
    paint.dim(`${model}, ${ms} ms`),
  ].join('\n');
}

function printed(names: readonly string[]): string {
  return names.map(printable).join(', ');
}

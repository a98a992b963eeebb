import type { Row } from './fit-model.js';
import type { Head } from './head.js';
import { isKnown } from './label-groups.js';
import type { Example } from './labelled-issue.js';
import { learnHead, NothingToLearnError } from './learn-head.js';
import type { Choice } from './learner.js';
import { prepareRows } from './prepare-rows.js';
import { readyHead, scoreWithHead } from './score-with-head.js';

/** The newest share of the history that two heads are compared on. */
const NEWEST_SHARE = 0.2;
const NEWER_HALF = 0.5;
/** Fewer issues than this decide nothing. */
const FEWEST_ISSUES = 20;
const FLOOR = 1e-4;

/**
 * Whether a candidate takes the place of the head in use: only if learning anew, as the candidate was
 * learned but from what came before the newest slice, is better on that slice than the head in use,
 * by mean log-likelihood over all labels. The candidate itself has learned from the slice and can't
 * be judged on it. A label that one of the two doesn't know is judged with 0.5: knowing nothing. One that
 * no issue bears any more, such as a deleted one, is not judged.
 *
 * The slice is the newer half of what is later than the head in use, so that there is something new to
 * learn before it. Where too little is later, that head may have learned from the slice and is
 * favoured: in doubt nothing changes.
 */
export async function chooseHead(
  inUse: Head,
  candidate: Head,
  examples: readonly Example[],
): Promise<Choice> {
  const newest = newestRows(inUse, examples);
  const from = newest[0]?.issue.createdAt;
  if (from === undefined || newest.length < FEWEST_ISSUES) {
    return { take: false, because: `There are ${newest.length} new examples to compare on.` };
  }
  const twin = await twinOf(
    candidate,
    examples.filter(({ issue }) => issue.createdAt < from),
  );
  if (!twin) {
    const because = `There is too little before the newest ${newest.length} examples to compare by.`;
    return { take: false, because };
  }
  const borne = new Set(examples.flatMap(({ issue }) => issue.labels));
  const known = new Set([...inUse.labels, ...twin.labels].map((label) => label.name));
  const labels = [...known].filter((label) => borne.has(label));
  const before = meanLogLoss(inUse, newest, labels, twin.exclusive);
  const after = meanLogLoss(twin, newest, labels, twin.exclusive);
  const take = after < before;
  const what = `mean log loss on the newest ${newest.length} examples, learned without them`;
  const figures = `${after.toFixed(3)} against ${before.toFixed(3)}`;
  return { take, because: `It is ${take ? '' : 'not '}better: ${what}, ${figures}.` };
}

function newestRows(inUse: Head, examples: readonly Example[]): Row[] {
  const { rows } = prepareRows(examples);
  const unseen = rows.filter((row) => !row.seen);
  const later = unseen.filter((row) => row.issue.createdAt > inUse.learnedAt);
  const share = (all: number, part: number) => Math.max(FEWEST_ISSUES, Math.round(all * part));
  const most = share(rows.length, NEWEST_SHARE);
  if (later.length < FEWEST_ISSUES) return unseen.slice(-most);
  return later.slice(-Math.min(most, share(later.length, NEWER_HALF)));
}

async function twinOf(candidate: Head, examples: readonly Example[]): Promise<Head | null> {
  const { encoder, precision, learnedAt } = candidate;
  try {
    return await learnHead(examples, { encoder, precision, learnedAt });
  } catch (error) {
    if (error instanceof NothingToLearnError) return null;
    throw error;
  }
}

function meanLogLoss(
  head: Head,
  rows: readonly Row[],
  labels: readonly string[],
  exclusive: Head['exclusive'],
): number {
  const ready = readyHead(head);
  const groupOf = (label: string) => exclusive.find((group) => group.includes(label)) ?? [label];
  let sum = 0;
  let known = 0;
  for (const { issue, embedding, encoderLogits } of rows) {
    const scores = scoreWithHead(ready, issue, { embedding, logits: encoderLogits });
    for (const label of labels) {
      if (!isKnown({ labels: groupOf(label) }, issue)) continue;
      known += 1;
      const chance = scores.get(label)?.probability ?? 0.5;
      sum -= Math.log(Math.max(issue.labels.includes(label) ? chance : 1 - chance, FLOOR));
    }
  }
  return sum / Math.max(1, known);
}

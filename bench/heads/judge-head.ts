import { chooseLabels } from '../../src/learning/choose-labels.js';
import type { Head } from '../../src/learning/head.js';
import { likeliest } from '../../src/learning/judge-groups.js';
import { averagePrecision, calibrationError, f1Of } from '../../src/learning/label-figures.js';
import type { Example } from '../../src/learning/labelled-issue.js';
import { judgesOf, readyHead, scoreWithHead } from '../../src/learning/score-with-head.js';

const JUDGES = ['head', 'encoderAlone', 'textAlone', 'majority'] as const;
type Judge = (typeof JUDGES)[number];

type Ranked = Parameters<typeof averagePrecision>[0][number];

/** A probability that was told and whether it came true. */
export interface Told {
  readonly probability: number;
  readonly hit: boolean;
}

export interface HeadFigures {
  readonly judged: number;
  readonly labels: number;
  /** Mean F1 of the labels, by who guessed. */
  readonly macroF1: Readonly<Record<Judge, number>>;
  /** Mean of the labels that any judged issue bears: how well the head ranks, whatever its thresholds. */
  readonly averagePrecision: number;
  /** Labels with a threshold, those that proposed anything, and those whose precision kept the promise. */
  readonly promised: number;
  readonly proposing: number;
  readonly kept: number;
  /** Proposals at the thresholds, and those that were right. */
  readonly proposed: number;
  readonly right: number;
  readonly calibrationError: number;
  /** What probabilities that are exactly right would come to on as many rows, by chance alone. */
  readonly errorByChance: number;
  readonly told: readonly Told[];
}

/**
 * What a head is worth on issues that are later than those it was learned from.
 *
 * @param learned what it was learned from; says which label is the most frequent
 */
export function judgeHead(
  head: Head,
  learned: readonly Example[],
  judged: readonly Example[],
): HeadFigures {
  const guesses = new Map(JUDGES.map((judge) => [judge, [] as ReadonlySet<string>[]]));
  const truths = judged.map(({ issue }) => new Set(issue.labels));
  const told: Told[] = [];
  const ranked = new Map(head.labels.map(({ name }) => [name, [] as Ranked[]]));
  const proposals: string[][] = [];
  const ready = readyHead(head);
  const usual = usualLabels(head, learned);
  for (const [row, { issue, encoding }] of judged.entries()) {
    const scores = scoreWithHead(ready, issue, encoding);
    proposals.push(chooseLabels(head, scores));
    for (const [name, own] of ranked) {
      own.push({
        probability: scores.get(name)?.probability ?? 0,
        true: truths[row]?.has(name) ?? false,
      });
    }
    const logits = judgesOf(ready, issue, encoding);
    const own = {
      head: new Set<string>(),
      encoderAlone: new Set<string>(),
      text: new Set<string>(),
    };
    for (const [index, group] of head.groups.entries()) {
      const chances = group.labels.map((label) => scores.get(label)?.probability ?? 0);
      const best = likeliest(chances);
      const label = group.labels[best] ?? '';
      told.push({ probability: chances[best] ?? 0, hit: truths[row]?.has(label) ?? false });
      if (scores.get(label)?.likeliest) own.head.add(label);
      const text = group.labels[likeliest(logits[index]?.text ?? [])];
      if (text !== undefined) own.text.add(text);
      const meant = group.zeroConfigClasses.indexOf(likeliest(encoding.logits));
      if (meant >= 0) own.encoderAlone.add(group.labels[meant] ?? '');
    }
    guesses.get('head')?.push(own.head);
    guesses.get('textAlone')?.push(own.text);
    guesses.get('encoderAlone')?.push(own.encoderAlone);
    guesses.get('majority')?.push(usual);
  }
  const names = head.labels.map((label) => label.name);
  const macroF1 = (judge: Judge) =>
    mean(names.map((name) => f1OfLabel(name, guesses.get(judge) ?? [], truths)));
  return {
    judged: judged.length,
    labels: names.length,
    macroF1: {
      head: macroF1('head'),
      encoderAlone: macroF1('encoderAlone'),
      textAlone: macroF1('textAlone'),
      majority: macroF1('majority'),
    },
    averagePrecision: mean(
      [...ranked.values()].map(averagePrecision).filter((value) => value !== null),
    ),
    ...promises(head, proposals, truths),
    ...calibrationFigures(told),
    told,
  };
}

/** Calibration error, and what is left of it when every probability is right. */
export function calibrationFigures(told: readonly Told[]) {
  const bins = new Map<number, number>();
  for (const { probability } of told) {
    const bin = Math.min(9, Math.floor(probability * 10));
    bins.set(bin, (bins.get(bin) ?? 0) + probability * (1 - probability));
  }
  // The mean distance of a sum of coins from its expectation, by the normal approximation.
  const chance = [...bins.values()].reduce(
    (sum, variance) => sum + Math.sqrt((2 * variance) / Math.PI),
    0,
  );
  return { calibrationError: calibrationError(told), errorByChance: chance / told.length };
}

/** What someone who has only counted says of every issue. */
function usualLabels(head: Head, learned: readonly Example[]): ReadonlySet<string> {
  const count = (label: string) =>
    learned.filter(({ issue }) => issue.labels.includes(label)).length;
  return new Set(
    head.groups.flatMap((group) => {
      const counts = group.labels.map(count);
      const none = learned.length - counts.reduce((sum, own) => sum + own, 0);
      const best = likeliest(counts);
      return group.complete || (counts[best] ?? 0) > none ? [group.labels[best] ?? ''] : [];
    }),
  );
}

function promises(
  head: Head,
  proposals: readonly (readonly string[])[],
  truths: readonly ReadonlySet<string>[],
) {
  const promised = head.labels.filter((label) => label.threshold !== null);
  const counts = promised.map(({ name }) => {
    const rows = proposals.flatMap((own, row) => (own.includes(name) ? [row] : []));
    return { proposed: rows.length, right: rows.filter((row) => truths[row]?.has(name)).length };
  });
  const proposing = counts.filter(({ proposed }) => proposed > 0);
  return {
    promised: promised.length,
    proposing: proposing.length,
    kept: proposing.filter(({ proposed, right }) => right / proposed >= head.precision).length,
    proposed: counts.reduce((sum, { proposed }) => sum + proposed, 0),
    right: counts.reduce((sum, { right }) => sum + right, 0),
  };
}

function f1OfLabel(
  name: string,
  guesses: readonly ReadonlySet<string>[],
  truths: readonly ReadonlySet<string>[],
): number {
  const claims = guesses.filter((own) => own.has(name)).length;
  const support = truths.filter((own) => own.has(name)).length;
  const hits = guesses.filter((own, row) => own.has(name) && truths[row]?.has(name)).length;
  return f1Of(claims === 0 ? null : hits / claims, support === 0 ? null : hits / support) ?? 0;
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

import { PREPARATION_VERSION } from '../triage/prepare-issue.js';
import { chooseStrengths } from './choose-strengths.js';
import { chooseThreshold } from './choose-threshold.js';
import { fitModel, fittingRows } from './fit-model.js';
import type { Head } from './head.js';
import { judgeGroups, judgementsByLabel } from './judge-groups.js';
import { labelFigures } from './label-figures.js';
import { groupLabels } from './label-groups.js';
import type { Example } from './labelled-issue.js';
import { packFloats, packIntegers } from './pack-numbers.js';
import { planModel } from './plan-model.js';
import { prepareRows } from './prepare-rows.js';
import { rollForward } from './roll-forward.js';

/** What learning needs to know of the encoder; all of it stands in its manifest. */
export interface EncoderFacts {
  readonly name: string;
  readonly version: string;
  readonly temperature: number;
}

export interface LearnOptions {
  readonly encoder: EncoderFacts;
  /** The precision to promise, in [0, 1]. */
  readonly precision: number;
  /** ISO 8601. */
  readonly learnedAt: string;
  /** Told how much is done, from 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/** Too little to learn from: says what there is and what it takes. */
export class NothingToLearnError extends Error {
  override readonly name = 'NothingToLearnError';
}

/**
 * Learns a repository's labels: groups them, rolls through the history to choose regularisation,
 * mixture, calibration and thresholds on issues that were not learned from, then fits on all.
 *
 * Takes seconds of computing; `learnInWorker` keeps it off the calling thread.
 *
 * @throws {NothingToLearnError} when no label has enough examples
 */
export async function learnHead(
  examples: readonly Example[],
  options: LearnOptions,
): Promise<Head> {
  const progress = options.onProgress ?? (() => {});
  const history = prepareRows(examples);
  const { rows, duplicates, dataHash } = history;
  const labels = groupLabels(rows.map((row) => row.issue));
  const plan = planModel(rows, labels.groups, options.encoder.temperature);
  if (plan.groups.length === 0) {
    throw new NothingToLearnError(
      `No label can be learned from ${rows.length} examples: each needs 10 that bear it and 10 that do not`,
    );
  }
  progress(0.05);
  const strengths = await chooseStrengths(history, plan);
  progress(0.2);
  const { judged, last } = await rollForward(history, plan, strengths, (share) =>
    progress(0.2 + 0.5 * share),
  );
  const judges = judgeGroups(judged, plan);
  const judgements = judgementsByLabel(judged, plan, (_, group) => {
    const judge = judges[group];
    if (!judge) throw new Error('Every group has a judge');
    return judge;
  });
  const all = await fittingRows(history, [...rows.keys()]);
  const model = await fitModel(all, plan, strengths, { start: last });
  progress(1);
  return {
    schema: 2,
    encoder: {
      name: options.encoder.name,
      version: options.encoder.version,
      temperature: options.encoder.temperature,
    },
    preparation: PREPARATION_VERSION,
    dataHash,
    learnedAt: options.learnedAt,
    precision: options.precision,
    issues: {
      learned: rows.length,
      duplicates,
      seenByEncoder: rows.filter((row) => row.seen).length,
      judged: judged.length,
    },
    labels: plan.groups.flatMap((group) =>
      group.labels.map((name) => {
        const own = judgements.get(name) ?? [];
        const { threshold, because, untried } = chooseThreshold(own, options.precision);
        return {
          name,
          examples: labels.examples.get(name) ?? 0,
          threshold,
          offBecause: because,
          untried,
          backtest: own.length === 0 ? null : labelFigures(own, threshold),
        };
      }),
    ),
    exclusive: plan.groups.filter((group) => group.exclusive).map((group) => [...group.labels]),
    leftOut: [...labels.leftOut],
    text: {
      buckets: packIntegers(model.vocabulary.buckets),
      idf: packFloats(model.vocabulary.idf),
    },
    groups: model.groups.map(({ group, text, embedding, zeroConfigClasses: classes }, index) => ({
      labels: [...group.labels],
      complete: group.complete,
      textWeights: packFloats(text),
      embeddingWeights: packFloats(embedding),
      mixture: { ...(judges[index]?.mixture ?? { text: 1, embedding: 0, zeroConfig: 0 }) },
      calibration: {
        slope: judges[index]?.calibration.slope ?? 1,
        intercepts: [...(judges[index]?.calibration.intercepts ?? [])],
      },
      zeroConfigClasses: [...classes],
    })),
  };
}

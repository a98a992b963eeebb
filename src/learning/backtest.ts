import { backtestLabels, type LabelReport } from './backtest-labels.js';
import { chooseStrengths } from './choose-strengths.js';
import { groupProbabilities, judgeGroups, likeliest } from './judge-groups.js';
import { calibrationError, type ReliabilityBin, reliability } from './label-figures.js';
import { groupLabels, isKnown } from './label-groups.js';
import type { Example } from './labelled-issue.js';
import { type LearnOptions, NothingToLearnError } from './learn-head.js';
import { type ModelPlan, planModel } from './plan-model.js';
import { prepareRows } from './prepare-rows.js';
import { type JudgedRow, rollForward } from './roll-forward.js';

/** A judgement that was sure and wrong. */
export interface Mistake {
  readonly title: string;
  /** Of a pull request its paths, one a line. */
  readonly body: string;
  readonly createdAt: string;
  readonly proposed: string;
  readonly probability: number;
  readonly labels: readonly string[];
}

export interface BacktestReport {
  readonly precision: number;
  readonly issues: {
    readonly all: number;
    readonly duplicates: number;
    readonly seenByEncoder: number;
    readonly judged: number;
  };
  readonly slices: readonly {
    readonly from: string;
    readonly to: string;
    readonly judged: number;
  }[];
  readonly labels: readonly LabelReport[];
  readonly leftOut: readonly {
    readonly name: string;
    readonly examples: number;
    readonly reason: string;
  }[];
  /** Mean F1 of the labels: the head's, the zero-config model's, the majority label's. */
  readonly macroF1: {
    readonly head: number;
    readonly zeroConfig: number | null;
    readonly majority: number;
  };
  /** Expected calibration error of the likeliest label's probability, over all groups. */
  readonly calibrationError: number | null;
  readonly reliability: readonly ReliabilityBin[];
  readonly mistakes: readonly Mistake[];
}

const MOST_MISTAKES = 10;
const QUOTED_CHARACTERS = 500;

/**
 * Learns from the past, predicts the next slice, rolls forward. Weights, mixture, calibration and
 * thresholds of a slice come from what was before it alone. Which labels are learned, which exclude each
 * other and how strongly to regularise are chosen once, on the whole history.
 *
 * @throws {NothingToLearnError} when there is nothing to learn or nothing to judge
 */
export async function backtest(
  examples: readonly Example[],
  options: LearnOptions,
): Promise<BacktestReport> {
  const history = prepareRows(examples);
  const { rows, duplicates } = history;
  const labels = groupLabels(rows.map((row) => row.issue));
  const plan = planModel(rows, labels.groups, options.encoder.temperature);
  const strengths = await chooseStrengths(history, plan);
  const { judged } = await rollForward(history, plan, strengths, options.onProgress);
  if (plan.groups.length === 0 || judged.length === 0) {
    throw new NothingToLearnError(
      `Nothing can be judged: ${rows.length} issues, ${plan.groups.length} labels or groups with ` +
        `enough examples, ${rows.filter((row) => row.seen).length} issues the encoder was trained on`,
    );
  }
  const judges = judgesBySlice(judged, plan);
  const sure = likeliestOf(judged, plan, judges);
  const reports = backtestLabels(judged, plan, judges, options.precision);
  return {
    precision: options.precision,
    issues: {
      all: rows.length,
      duplicates,
      seenByEncoder: rows.filter((row) => row.seen).length,
      judged: judged.length,
    },
    slices: slicesOf(judged),
    labels: reports,
    leftOut: labels.leftOut,
    macroF1: {
      head: meanOf(reports.map((label) => label.f1 ?? 0)),
      zeroConfig: reports.every((label) => label.zeroConfig === null)
        ? null
        : meanOf(reports.map((label) => label.zeroConfig?.f1 ?? 0)),
      majority: meanOf(reports.map((label) => label.majorityF1)),
    },
    calibrationError: sure.length === 0 ? null : calibrationError(sure),
    reliability: reliability(sure),
    mistakes: sure
      .filter(({ hit }) => !hit)
      .sort((a, b) => b.probability - a.probability)
      .slice(0, MOST_MISTAKES)
      .map(({ row, label, probability }) => ({
        title: row.row.issue.title,
        body: (row.row.issue.paths?.join('\n') ?? row.row.issue.body ?? '').slice(
          0,
          QUOTED_CHARACTERS,
        ),
        createdAt: row.row.issue.createdAt,
        proposed: label,
        probability,
        labels: row.row.issue.labels,
      })),
  };
}

export type SliceJudges = ReadonlyMap<number, ReturnType<typeof judgeGroups>>;

/** For each slice mixture and calibration from the slices before it. */
function judgesBySlice(judged: readonly JudgedRow[], plan: ModelPlan): SliceJudges {
  return new Map(
    [...new Set(judged.map((row) => row.slice))].map((slice) => [
      slice,
      judgeGroups(
        judged.filter((row) => row.slice < slice),
        plan,
      ),
    ]),
  );
}

/** Of each row and group the likeliest label, where it is likelier than none. */
function likeliestOf(judged: readonly JudgedRow[], plan: ModelPlan, judges: SliceJudges) {
  return judged.flatMap((row) =>
    plan.groups.flatMap((group, index) => {
      const judge = judges.get(row.slice)?.[index];
      if (!judge || !isKnown(group, row.row.issue)) return [];
      const probabilities = groupProbabilities(row, index, judge);
      const best = likeliest(probabilities);
      const label = group.labels[best];
      if (label === undefined) return [];
      const hit = row.row.issue.labels.includes(label);
      return [{ row, label, probability: probabilities[best] ?? 0, hit }];
    }),
  );
}

function slicesOf(judged: readonly JudgedRow[]): BacktestReport['slices'] {
  return [...new Set(judged.map((row) => row.slice))].map((slice) => {
    const own = judged.filter((row) => row.slice === slice);
    return {
      from: own[0]?.row.issue.createdAt ?? '',
      to: own.at(-1)?.row.issue.createdAt ?? '',
      judged: own.length,
    };
  });
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

import { calibrate, probabilitiesOf } from './calibrate.js';
import {
  componentLogits,
  fitModel,
  fittingRows,
  judgingRows,
  type Rows,
  type Strengths,
} from './fit-model.js';
import { classesOf, targetOf } from './label-groups.js';
import { isClearlyBetter } from './mix.js';
import type { ModelPlan } from './plan-model.js';

/** The first of each stands unless the newest slice clearly says otherwise. */
const TEXT_STRENGTHS = [10, 3, 30] as const;
const EMBEDDING_STRENGTHS = [1, 0.3, 5] as const;
const DEFAULT: Strengths = { text: TEXT_STRENGTHS[0], embedding: EMBEDDING_STRENGTHS[0] };
/** Validated on the newest fifth. */
const LEARNED_SHARE = 0.8;
/** Fewer unseen rows than this can't tell strengths apart. */
const FEWEST_JUDGED = 100;
/** The newest so many issues and most frequent so many groups decide; more would only take time. */
const MOST_ROWS = 1500;
const MOST_GROUPS = 5;

/** Strengths, and what each judged row and group then loses by either regression. */
interface Tried {
  readonly strengths: Strengths;
  readonly text: readonly number[];
  readonly embedding: readonly number[];
}

/** Chooses both regularisation strengths by one time-ordered validation. */
export async function chooseStrengths(history: Rows, plan: ModelPlan): Promise<Strengths> {
  const { rows } = history;
  const newest = [...rows.keys()].slice(-MOST_ROWS);
  const cut = Math.round(newest.length * LEARNED_SHARE);
  const unseen = newest.slice(cut).filter((index) => !rows[index]?.seen);
  const judged = unseen.flatMap((index) => rows[index] ?? []);
  if (judged.length < FEWEST_JUDGED) return DEFAULT;
  const groups = plan.groups.slice(0, MOST_GROUPS);
  const small: ModelPlan = { ...plan, groups };
  const learned = await fittingRows(history, newest.slice(0, cut));
  const judging = judgingRows(history, unseen, learned.vocabulary);
  const tried: Tried[] = [];
  for (const [index, text] of TEXT_STRENGTHS.entries()) {
    const strengths = { text, embedding: EMBEDDING_STRENGTHS[index] ?? DEFAULT.embedding };
    // Not begun from the one before: roughly, that is good enough for any strength, and none would move.
    const model = await fitModel(learned, small, strengths, { rough: true });
    const logitsAt = componentLogits(model, judging);
    const losses = (part: 'text' | 'embedding') =>
      groups.flatMap((group, g) => {
        const classes = classesOf(group);
        const kept = judged
          .map((row, i) => ({ target: targetOf(group, row.issue), logits: logitsAt(i, g)[part] }))
          .filter(({ target }) => target >= 0);
        const own = kept.map((row) => row.logits);
        const targets = kept.map((row) => row.target);
        const calibration = calibrate(own, targets, classes);
        return own.map((row, i) => {
          const chance = probabilitiesOf(row, calibration)[targets[i] ?? 0] ?? 0;
          return -Math.log(Math.max(chance, 1e-9));
        });
      });
    tried.push({ strengths, text: losses('text'), embedding: losses('embedding') });
  }
  const best = (part: 'text' | 'embedding') =>
    tried.reduce((kept, next) => (isClearlyBetter(next[part], kept[part]) ? next : kept));
  return { text: best('text').strengths.text, embedding: best('embedding').strengths.embedding };
}

import {
  componentLogits,
  type FittedModel,
  fitModel,
  fittingRows,
  judgingRows,
  type Row,
  type Rows,
  type Strengths,
} from './fit-model.js';
import type { ComponentLogits } from './mix.js';
import type { ModelPlan } from './plan-model.js';

/** A row judged by a model that learned from earlier rows only. */
export interface JudgedRow {
  readonly row: Row;
  /** Position in time among all rows. */
  readonly index: number;
  readonly slice: number;
  /** What the judges say of it in a group, by the group's place. */
  readonly logits: (group: number) => ComponentLogits;
}

/** Share of the history learned from before the first slice is judged, and slices after it. */
const FIRST_SHARE = 0.4;
const SLICES = 5;
/** From so many issues on fewer slices tell enough and learning stays quick. */
const MANY = 3000;
const FIRST_SHARE_OF_MANY = 0.55;
const SLICES_OF_MANY = 3;

/** Where the slices begin, and where the last one ends. */
function sliceBounds(rows: number): number[] {
  const many = rows > MANY;
  const first = many ? FIRST_SHARE_OF_MANY : FIRST_SHARE;
  const slices = many ? SLICES_OF_MANY : SLICES;
  return Array.from({ length: slices + 1 }, (_, slice) =>
    Math.round(rows * (first + ((1 - first) * slice) / slices)),
  );
}

/**
 * Learns from the past, judges the next slice, rolls forward. Rows that the encoder was trained on
 * are learned from and never judged.
 *
 * @param history oldest first
 * @param onSlice told what share of the slices is judged, up to 1
 * @returns what was judged, and the last model to begin the next one from
 */
export async function rollForward(
  history: Rows,
  plan: ModelPlan,
  strengths: Strengths,
  onSlice: (share: number) => void = () => {},
): Promise<{ readonly judged: JudgedRow[]; readonly last: FittedModel | undefined }> {
  const { rows } = history;
  const bounds = sliceBounds(rows.length);
  const judged: JudgedRow[] = [];
  let last: FittedModel | undefined;
  for (const [slice, from] of bounds.slice(0, -1).entries()) {
    const to = bounds[slice + 1] ?? from;
    const next = rows
      .slice(from, to)
      .map((row, offset) => ({ row, index: from + offset }))
      .filter(({ row }) => !row.seen);
    if (from > 0 && next.length > 0) {
      const past = await fittingRows(history, [...rows.keys()].slice(0, from));
      last = await fitModel(past, plan, strengths, { start: last, rough: true });
      const picked = next.map(({ index }) => index);
      const logitsAt = componentLogits(last, judgingRows(history, picked, last.vocabulary));
      for (const [i, { row, index }] of next.entries()) {
        judged.push({ row, index, slice, logits: (group) => logitsAt(i, group) });
      }
    }
    onSlice((slice + 1) / (bounds.length - 1));
  }
  return { judged, last };
}

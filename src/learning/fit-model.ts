import { classesOf, type LabelGroup, targetOf } from './label-groups.js';
import type { LabelledIssue } from './labelled-issue.js';
import {
  fitLogistic,
  fitLogisticByRows,
  type LogisticProblem,
  logitsOf,
} from './logistic-regression.js';
import { denseMatrix, type Matrix } from './matrix.js';
import type { ComponentLogits } from './mix.js';
import type { ModelPlan } from './plan-model.js';
import { placeOf, type TermTable } from './term-table.js';
import { learnVocabulary, textMatrix, type Vocabulary } from './vocabulary.js';
import { zeroConfigLogits } from './zero-config.js';

/** An example ready to learn from; its terms are in a table. */
export interface Row {
  readonly issue: LabelledIssue;
  readonly embedding: Float32Array;
  readonly encoderLogits: readonly number[];
  readonly seen: boolean;
}

/** Rows and, row by row, their terms. */
export interface Rows<R extends Omit<Row, 'issue' | 'seen'> = Row> {
  readonly rows: readonly R[];
  readonly terms: TermTable;
}

/** Inverse regularisation strengths of the two regressions. */
export interface Strengths {
  readonly text: number;
  readonly embedding: number;
}

/** A group's weights; see `fitLogistic` for their order. */
export interface FittedGroup {
  readonly group: LabelGroup;
  readonly zeroConfigClasses: readonly (number | null)[];
  readonly text: Float64Array;
  readonly embedding: Float64Array;
}

export interface FittedModel {
  readonly vocabulary: Vocabulary;
  readonly temperature: number;
  readonly groups: readonly FittedGroup[];
}

/** Largest gradient of the mean loss in a fit that stays; a test holds it to scikit-learn's. */
export const TOLERANCE = 1e-5;
/** The same in a fit that only helps to choose. */
const ROUGH_TOLERANCE = 1e-3;

/** So many rows are fitted by their products with each other; of more there are too many pairs. */
const MOST_BY_ROWS = 2000;

/** A matrix, and where its rows are few, their products with each other. */
interface Features {
  readonly matrix: Matrix;
  readonly products: Float32Array | null;
}

/** Rows with their features worked out: what any number of models can be fitted to. */
export interface FittingRows {
  readonly rows: readonly Row[];
  readonly vocabulary: Vocabulary;
  readonly text: Features;
  readonly embedding: Features;
}

/** @param picked the rows to learn from, by their places */
export async function fittingRows(history: Rows, picked: readonly number[]): Promise<FittingRows> {
  const rows = rowsAt(history, picked);
  const vocabulary = learnVocabulary(history.terms, picked);
  const text = textMatrix(history.terms, picked, vocabulary);
  const few = picked.length <= MOST_BY_ROWS;
  return {
    rows,
    vocabulary,
    text: { matrix: text, products: few ? await text.rowProducts() : null },
    embedding: {
      matrix: embeddingMatrix(rows),
      products: few ? await embeddingProducts(history, picked) : null,
    },
  };
}

/** Embeddings don't depend on what is learned from: of a short history their products are needed once. */
const PRODUCTS_OF_ALL = new WeakMap<Rows, Promise<Float32Array>>();

/** The products of the picked rows' embeddings with each other. */
async function embeddingProducts(history: Rows, picked: readonly number[]): Promise<Float32Array> {
  const { rows } = history;
  if (rows.length > MOST_BY_ROWS) return embeddingMatrix(rowsAt(history, picked)).rowProducts();
  const ofAll = PRODUCTS_OF_ALL.get(history) ?? embeddingMatrix(rows).rowProducts();
  PRODUCTS_OF_ALL.set(history, ofAll);
  const all = await ofAll;
  const products = new Float32Array(picked.length ** 2);
  for (const [line, row] of picked.entries()) {
    const [from, to] = [row * rows.length, line * picked.length];
    for (let i = 0; i < picked.length; i += 1) {
      products[to + i] = all[from + (picked[i] as number)] as number;
    }
  }
  return products;
}

export interface FitOptions {
  /** A model of much the same rows, the same groups and strengths to begin from: many rows are done sooner. */
  readonly start?: FittedModel | undefined;
  /** Good enough to choose by, and sooner done. */
  readonly rough?: boolean;
}

/** Fits both regressions of every group. */
export async function fitModel(
  { rows, vocabulary, text, embedding }: FittingRows,
  plan: ModelPlan,
  strengths: Strengths,
  { start, rough = false }: FitOptions = {},
): Promise<FittedModel> {
  const tolerance = rough ? ROUGH_TOLERANCE : TOLERANCE;
  const groups: FittedGroup[] = [];
  for (const [index, group] of plan.groups.entries()) {
    const problem = { ...targetsOf(group, rows), tolerance };
    const before = start?.groups[index];
    groups.push({
      group,
      zeroConfigClasses: plan.zeroConfigClasses[index] ?? [],
      text: await fitFeatures(text, { ...problem, inverseStrength: strengths.text }, () =>
        start && before ? moveWeights(before.text, start.vocabulary, vocabulary) : undefined,
      ),
      embedding: await fitFeatures(
        embedding,
        { ...problem, inverseStrength: strengths.embedding },
        () => before?.embedding,
      ),
    });
  }
  return { vocabulary, temperature: plan.temperature, groups };
}

/** @param start where to begin; few rows are done as soon from nothing */
function fitFeatures(
  { matrix, products }: Features,
  problem: Omit<LogisticProblem, 'matrix' | 'start'>,
  start: () => Float64Array | undefined,
): Promise<Float64Array> {
  return products
    ? fitLogisticByRows({ ...problem, matrix }, products)
    : fitLogistic({ ...problem, matrix, start: start() });
}

/** Text weights in the order of another vocabulary; 0 for what is new in it. */
function moveWeights(
  weights: Float64Array,
  { buckets: from }: Vocabulary,
  { buckets: to }: Vocabulary,
): Float64Array {
  const outputs = weights.length / (from.length + 1);
  const moved = new Float64Array(outputs * (to.length + 1));
  for (const [column, bucket] of to.entries()) {
    const before = placeOf(bucket, from);
    if (before < 0) continue;
    for (let k = 0; k < outputs; k += 1) {
      moved[k * to.length + column] = weights[k * from.length + before] as number;
    }
  }
  moved.set(weights.subarray(outputs * from.length), outputs * to.length);
  return moved;
}

/** Rows with their features, as models of one vocabulary judge them. */
export interface JudgingRows {
  readonly rows: readonly Pick<Row, 'encoderLogits'>[];
  readonly text: Matrix;
  readonly embedding: Matrix;
}

/** @param picked the rows to judge, by their places */
export function judgingRows(
  history: Rows<Omit<Row, 'issue' | 'seen'>>,
  picked: readonly number[],
  vocabulary: Vocabulary,
): JudgingRows {
  const rows = rowsAt(history, picked);
  const text = textMatrix(history.terms, picked, vocabulary);
  return { rows, text, embedding: embeddingMatrix(rows) };
}

/** What the judges say of a row in a group, both by their places. */
export type LogitsAt = (row: number, group: number) => ComponentLogits;

/**
 * Component logits of rows. They are put together when asked for, out of a number a row and class: as
 * objects, those of 50,000 issues and 100 labels would fill the thread's heap.
 */
export function componentLogits(model: FittedModel, judging: JudgingRows): LogitsAt {
  const byGroup = regressionsOf(model, judging);
  const { temperature } = model;
  const encoderLogits = judging.rows.map((row) => row.encoderLogits);
  return (row, group) => {
    const own = byGroup[group];
    if (!own) throw new Error('Every group has its regressions');
    const zeroConfig = zeroConfigLogits(
      encoderLogits[row] ?? [],
      temperature,
      own.zeroConfigClasses,
    );
    return { text: own.text(row), embedding: own.embedding(row), zeroConfig };
  };
}

/** By itself, so that what it returns does not hold on to the matrices. */
function regressionsOf({ groups }: FittedModel, { text, embedding }: JudgingRows) {
  return groups.map(({ group, zeroConfigClasses, ...weights }) => ({
    zeroConfigClasses,
    text: logitsOf(text, weights.text, classesOf(group)),
    embedding: logitsOf(embedding, weights.embedding, classesOf(group)),
  }));
}

function rowsAt<R extends Omit<Row, 'issue' | 'seen'>>(
  { rows }: Rows<R>,
  picked: readonly number[],
): R[] {
  return picked.flatMap((index) => rows[index] ?? []);
}

function embeddingMatrix(rows: readonly Pick<Row, 'embedding'>[]): Matrix {
  return denseMatrix(
    rows.map((row) => row.embedding),
    rows[0]?.embedding.length ?? 0,
  );
}

/** What a group's regressions learn of each row. */
function targetsOf(group: LabelGroup, rows: readonly Row[]) {
  const classes = classesOf(group);
  const targets = Int32Array.from(rows, ({ issue }) => targetOf(group, issue));
  return { classes, targets, classWeights: balancedWeights(targets, classes) };
}

/**
 * Rare classes count more, by the root of the usual `n / (classes · count)`: halfway to balanced,
 * which ranks better than none and leaves less for the calibration to undo.
 */
function balancedWeights(targets: Int32Array, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const target of targets) if (target >= 0) counts[target] = (counts[target] ?? 0) + 1;
  const all = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => Math.sqrt(all / (classes * Math.max(1, count))));
}

import { classesOf, classOf, type LabelGroup } from './label-groups.js';
import type { LabelledIssue } from './labelled-issue.js';
import { fitLogistic, logitsOf } from './logistic-regression.js';
import { denseMatrix, type Matrix, sparseMatrix } from './matrix.js';
import type { FieldTerms } from './text-terms.js';
import { columnsOf, learnVocabulary, type Vocabulary, vectorOf } from './vocabulary.js';
import { zeroConfigLogits } from './zero-config.js';

/** An example ready to learn from: its text hashed once. */
export interface Row {
  readonly issue: LabelledIssue;
  readonly terms: FieldTerms;
  readonly embedding: Float32Array;
  readonly encoderLogits: readonly number[];
  readonly seen: boolean;
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
  readonly columns: ReadonlyMap<number, number>;
  readonly temperature: number;
  readonly groups: readonly FittedGroup[];
}

/** What each of the three judges says of a group's classes. */
export interface ComponentLogits {
  readonly text: readonly number[];
  readonly embedding: readonly number[];
  readonly zeroConfig: readonly number[];
}

export interface ModelPlan {
  readonly groups: readonly LabelGroup[];
  /** The encoder's temperature, from its manifest. */
  readonly temperature: number;
  /** For each group and class the encoder's class that means the same, or null. */
  readonly zeroConfigClasses: readonly (readonly (number | null)[])[];
}

/** Fits both regressions of every group on the rows. */
export function fitModel(
  rows: readonly Row[],
  plan: ModelPlan,
  strengths: Strengths,
  onGroup: () => void = () => {},
): FittedModel {
  const vocabulary = learnVocabulary(rows.map((row) => row.terms));
  const columns = columnsOf(vocabulary);
  const text = sparseMatrix(
    rows.map((row) => vectorOf(row.terms, vocabulary, columns)),
    vocabulary.buckets.length,
  );
  const embedding = embeddingMatrix(rows);
  const groups = plan.groups.map((group, index) => {
    const fitted = {
      group,
      zeroConfigClasses: plan.zeroConfigClasses[index] ?? [],
      text: fitGroup(text, rows, group, strengths.text),
      embedding: fitGroup(embedding, rows, group, strengths.embedding),
    };
    onGroup();
    return fitted;
  });
  return { vocabulary, columns, temperature: plan.temperature, groups };
}

/** Component logits of rows, group by group: `result[row][group]`. */
export function componentLogits(
  model: FittedModel,
  rows: readonly Omit<Row, 'issue' | 'seen'>[],
): ComponentLogits[][] {
  const vectors = rows.map((row) => vectorOf(row.terms, model.vocabulary, model.columns));
  const text = sparseMatrix(vectors, model.vocabulary.buckets.length);
  const embedding = embeddingMatrix(rows);
  return rows.map((row, index) =>
    model.groups.map(({ group, zeroConfigClasses, ...weights }) => ({
      text: logitsOf(text, index, weights.text, classesOf(group)),
      embedding: logitsOf(embedding, index, weights.embedding, classesOf(group)),
      zeroConfig: zeroConfigLogits(row.encoderLogits, model.temperature, zeroConfigClasses),
    })),
  );
}

function embeddingMatrix(rows: readonly Pick<Row, 'embedding'>[]): Matrix {
  return denseMatrix(
    rows.map((row) => row.embedding),
    rows[0]?.embedding.length ?? 0,
  );
}

function fitGroup(
  matrix: Matrix,
  rows: readonly Row[],
  group: LabelGroup,
  inverseStrength: number,
): Float64Array {
  const classes = classesOf(group);
  const taken: number[] = [];
  const targets: number[] = [];
  for (const [index, { issue }] of rows.entries()) {
    const target = classOf(group, issue);
    // In a complete group a row without a label is a mistake, not a class.
    if (target >= classes) continue;
    taken.push(index);
    targets.push(target);
  }
  return fitLogistic({
    matrix,
    rows: taken,
    targets,
    classes,
    classWeights: balancedWeights(targets, classes),
    inverseStrength,
    tolerance: 3e-4,
  });
}

/**
 * Rare classes count more, by the root of the usual `n / (classes · count)`: halfway to balanced,
 * which ranks better than none and leaves less for the calibration to undo.
 */
function balancedWeights(targets: readonly number[], classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const target of targets) counts[target] = (counts[target] ?? 0) + 1;
  return counts.map((count) => Math.sqrt(targets.length / (classes * Math.max(1, count))));
}

/** What a logistic regression is fitted to. */
export interface Observations {
  /** The class of each row, 0 to `classes` - 1, or -1 for one not to learn from. */
  readonly targets: Int32Array;
  readonly classes: number;
  /** How much each class's rows count, one a class; 1 each when left out. */
  readonly classWeights?: readonly number[];
  /** Inverse strength of the regularisation, as scikit-learn's `C`. */
  readonly inverseStrength: number;
}

/** Vectors of weights that so many classes take. */
export function outputsOf(classes: number): number {
  return classes === 2 ? 1 : classes;
}

/**
 * The loss of a logistic regression as a function of each row's scores, one an output, with its
 * derivatives by them. Two classes have one output (for class 0), more have one each (softmax).
 */
export class Likelihood {
  /** How much each row counts; 0 for one not to learn from. */
  readonly #factors: Float64Array;
  /** Probability of each output's class. */
  readonly #chances: Float64Array[];

  /** @param scores at which it stands, a row's by its place, an array an output */
  constructor(
    private readonly observed: Observations,
    private readonly scores: readonly Float64Array[],
  ) {
    const { targets, classWeights, inverseStrength } = observed;
    this.#factors = Float64Array.from(targets, (target) =>
      target < 0 ? 0 : inverseStrength * (classWeights?.[target] ?? 1),
    );
    this.#chances = scores.map((own) => new Float64Array(own.length));
  }

  /** Takes in that scores have changed. */
  refresh(): void {
    fillChances(this.scores, this.#chances);
  }

  /** Fills `into` with the loss's derivative by each row's score of output `k`; their sum. */
  slopes(k: number, into: Float64Array): number {
    const chances = this.#chances[k] as Float64Array;
    const { targets } = this.observed;
    let sum = 0;
    for (let row = 0; row < into.length; row += 1) {
      const hit = targets[row] === k ? 1 : 0;
      const slope = (this.#factors[row] as number) * ((chances[row] as number) - hit);
      into[row] = slope;
      sum += slope;
    }
    return sum;
  }

  /** Fills `into` with the second derivative by each row's score of output `k` alone; their sum. */
  bends(k: number, into: Float64Array): number {
    const chances = this.#chances[k] as Float64Array;
    let sum = 0;
    for (let row = 0; row < into.length; row += 1) {
      const chance = chances[row] as number;
      const bend = (this.#factors[row] as number) * chance * (1 - chance);
      into[row] = bend;
      sum += bend;
    }
    return sum;
  }

  /** Turns changes of the scores into those of the loss's derivatives by them. */
  bend(changes: readonly Float64Array[]): void {
    const rows = this.#factors.length;
    if (changes.length === 1) {
      const [own, chances] = [changes[0] as Float64Array, this.#chances[0] as Float64Array];
      for (let row = 0; row < rows; row += 1) {
        const chance = chances[row] as number;
        own[row] = (own[row] as number) * (this.#factors[row] as number) * chance * (1 - chance);
      }
      return;
    }
    for (let row = 0; row < rows; row += 1) {
      let mean = 0;
      for (let k = 0; k < changes.length; k += 1) {
        mean += (changes[k]?.[row] as number) * (this.#chances[k]?.[row] as number);
      }
      for (let k = 0; k < changes.length; k += 1) {
        const own = changes[k] as Float64Array;
        const chance = this.#chances[k]?.[row] as number;
        own[row] = (this.#factors[row] as number) * chance * ((own[row] as number) - mean);
      }
    }
  }

  /** The loss `step` times as far along changes of the scores. */
  lossAt(changes: readonly Float64Array[], step: number): number {
    const { targets } = this.observed;
    const scores = this.scores.map((own, k) => {
      const way = changes[k] as Float64Array;
      return own.map((score, row) => score + step * (way[row] as number));
    });
    let sum = 0;
    for (let row = 0; row < targets.length; row += 1) {
      const factor = this.#factors[row] as number;
      if (factor > 0) sum += factor * lossOf(scores, row, targets[row] as number);
    }
    return sum;
  }
}

/** Probabilities from scores: logistic for one output, softmax for more. */
function fillChances(scores: readonly Float64Array[], chances: readonly Float64Array[]): void {
  const rows = scores[0]?.length ?? 0;
  for (let row = 0; row < rows; row += 1) {
    if (scores.length === 1) {
      (chances[0] as Float64Array)[row] = 1 / (1 + Math.exp(-(scores[0]?.[row] as number)));
      continue;
    }
    const highest = highestOf(scores, row);
    let sum = 0;
    for (let k = 0; k < scores.length; k += 1) {
      const power = Math.exp((scores[k]?.[row] as number) - highest);
      (chances[k] as Float64Array)[row] = power;
      sum += power;
    }
    for (let k = 0; k < scores.length; k += 1) {
      const own = chances[k] as Float64Array;
      own[row] = (own[row] as number) / sum;
    }
  }
}

/** The negative log-likelihood of a row's class, without overflow. */
function lossOf(scores: readonly Float64Array[], row: number, target: number): number {
  if (scores.length === 1) {
    const score = scores[0]?.[row] as number;
    const signed = target === 0 ? score : -score;
    return signed > 0 ? Math.log1p(Math.exp(-signed)) : Math.log1p(Math.exp(signed)) - signed;
  }
  const highest = highestOf(scores, row);
  let sum = 0;
  for (let k = 0; k < scores.length; k += 1) {
    sum += Math.exp((scores[k]?.[row] as number) - highest);
  }
  return Math.log(sum) + highest - (scores[target]?.[row] as number);
}

function highestOf(scores: readonly Float64Array[], row: number): number {
  let highest = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < scores.length; k += 1) {
    highest = Math.max(highest, scores[k]?.[row] as number);
  }
  return highest;
}

import { minimise } from './lbfgs.js';
import { softmax, turnIntoChances } from './softmax.js';

/** Probabilities = softmax of `slope · logit + intercept`, class by class. */
export interface Calibration {
  readonly slope: number;
  readonly intercepts: readonly number[];
}

/** How firmly a few rows must contradict before the slope or an intercept leaves its prior. */
const SLOPE_STRENGTH = 8;
const INTERCEPT_STRENGTH = 8;
const PRIOR_SLOPE = 0.9;

/** What holds for want of rows to calibrate on. */
export function uncalibrated(classes: number): Calibration {
  return { slope: PRIOR_SLOPE, intercepts: new Array<number>(classes).fill(0) };
}

/**
 * Platt scaling for any number of classes: the slope and intercepts of the least negative
 * log-likelihood (Platt, "Probabilistic outputs for support vector machines", 1999; Guo et al., "On
 * Calibration of Modern Neural Networks", 2017), held near `uncalibrated` by a Gaussian prior so
 * that a few dozen rows don't overfit.
 *
 * @param logits held-out ones, one array a row
 * @param targets the true class of each row
 */
export function calibrate(
  logits: readonly (readonly number[])[],
  targets: readonly number[],
  classes: number,
): Calibration {
  // Used again for each row: it is passed over some hundred times.
  const chances = new Array<number>(classes).fill(0);
  const fitted = minimise(
    (point, gradient) => {
      const slope = Math.exp(point[0] as number);
      const away = (point[0] as number) - Math.log(PRIOR_SLOPE);
      let value = (SLOPE_STRENGTH * away * away) / 2;
      gradient[0] = SLOPE_STRENGTH * away;
      for (let k = 1; k <= classes; k += 1) {
        const intercept = point[k] as number;
        value += (INTERCEPT_STRENGTH * intercept * intercept) / 2;
        gradient[k] = INTERCEPT_STRENGTH * intercept;
      }
      for (let row = 0; row < logits.length; row += 1) {
        const own = logits[row] as readonly number[];
        const target = targets[row] as number;
        for (let k = 0; k < classes; k += 1) {
          chances[k] = slope * (own[k] as number) + (point[k + 1] as number);
        }
        turnIntoChances(chances);
        value -= Math.log(Math.max(chances[target] as number, 1e-300));
        for (let k = 0; k < classes; k += 1) {
          const residual = (chances[k] as number) - (k === target ? 1 : 0);
          gradient[0] = (gradient[0] as number) + residual * slope * (own[k] as number);
          gradient[k + 1] = (gradient[k + 1] as number) + residual;
        }
      }
      return value;
    },
    Float64Array.of(Math.log(PRIOR_SLOPE), ...new Array<number>(classes).fill(0)),
    { tolerance: 1e-5, maxIterations: 100 },
  );
  return { slope: Math.exp(fitted[0] as number), intercepts: Array.from(fitted.slice(1)) };
}

/** Calibrated probabilities of a row, one a class, summing to 1. */
export function probabilitiesOf(logits: readonly number[], calibration: Calibration): number[] {
  return softmax(
    logits.map((logit, k) => calibration.slope * logit + (calibration.intercepts[k] ?? 0)),
  );
}

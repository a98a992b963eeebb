import type { LabelReport } from '../learning/backtest-labels.js';
import { type ChartOption, INK, PLOT, shareAxis } from './draw-chart.js';

/**
 * How precise a label is at each coverage, with the promise as a dashed line and what would have been
 * proposed as a dot. Both axes in percent; the horizontal one ends where the label is never likeliest.
 *
 * @param promise precision promised, in [0, 1]
 */
export function precisionCurve(
  label: Pick<LabelReport, 'curve' | 'coverage' | 'proposedPrecision'>,
  promise: number,
): ChartOption {
  const points = label.curve.map(({ coverage, precision }) => [coverage * 100, precision * 100]);
  const max = roundUp(Math.max(label.coverage * 100, ...points.map(([x]) => x ?? 0)));
  const { coverage, proposedPrecision } = label;
  return {
    grid: PLOT,
    xAxis: shareAxis('coverage, %', max, 24),
    yAxis: shareAxis('precision, %', 100, 32),
    series: [
      {
        type: 'line',
        name: 'promise',
        data: [
          [0, promise * 100],
          [max, promise * 100],
        ],
        showSymbol: false,
        silent: true,
        lineStyle: { color: INK.promise, width: 1, type: 'dashed' },
      },
      {
        type: 'line',
        name: 'curve',
        data: points,
        showSymbol: points.length === 1,
        silent: true,
        lineStyle: { color: INK.curve, width: 2 },
        itemStyle: { color: INK.curve },
      },
      {
        type: 'scatter',
        name: 'proposed',
        data: proposedPrecision === null ? [] : [[coverage * 100, proposedPrecision * 100]],
        symbolSize: 9,
        silent: true,
        itemStyle: { color: INK.curve, borderColor: '#fff', borderWidth: 1.5 },
      },
    ],
  };
}

/** To the next of 1, 2, 5, 10, 20, 30, … 100: an end that divides into five even steps. */
function roundUp(percent: number): number {
  return [1, 2, 5].find((end) => percent <= end) ?? Math.min(100, Math.ceil(percent / 10) * 10);
}

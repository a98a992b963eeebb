import type { ReliabilityBin } from '../learning/label-figures.js';
import { type ChartOption, INK, PLOT, shareAxis } from './draw-chart.js';

const SMALLEST = 6;
const LARGEST = 26;

/**
 * What was right against what was said, in percent: on the dashed diagonal both are the same. A dot's
 * area grows with the judgements in its bin, and their number stands beside it.
 */
export function reliabilityDiagram(bins: readonly ReliabilityBin[]): ChartOption {
  const most = Math.max(1, ...bins.map((bin) => bin.count));
  return {
    grid: PLOT,
    xAxis: shareAxis('said: mean probability, %', 100, 24),
    yAxis: shareAxis('right, %', 100, 32),
    series: [
      {
        type: 'line',
        name: 'diagonal',
        data: [
          [0, 0],
          [100, 100],
        ],
        showSymbol: false,
        silent: true,
        lineStyle: { color: INK.diagonal, width: 1, type: 'dashed' },
      },
      {
        type: 'scatter',
        name: 'bins',
        silent: true,
        data: bins.map(({ count, meanProbability, observed }) => ({
          value: [meanProbability * 100, observed * 100],
          symbolSize: SMALLEST + (LARGEST - SMALLEST) * Math.sqrt(count / most),
          label: {
            show: true,
            formatter: String(count),
            // Below at the top edge, so that no number is cut off.
            position: observed > 0.85 ? ('bottom' as const) : ('top' as const),
            color: INK.text,
            fontSize: 11,
          },
        })),
        itemStyle: { color: INK.curve, opacity: 0.85, borderColor: '#fff', borderWidth: 1 },
      },
    ],
  };
}

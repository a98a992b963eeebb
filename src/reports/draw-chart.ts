import {
  LineChart,
  type LineSeriesOption,
  ScatterChart,
  type ScatterSeriesOption,
} from 'echarts/charts';
import { GridComponent, type GridComponentOption } from 'echarts/components';
import { type ComposeOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([LineChart, ScatterChart, GridComponent, SVGRenderer]);

export type ChartOption = ComposeOption<
  LineSeriesOption | ScatterSeriesOption | GridComponentOption
>;

/** Colours that charts share with the page around them. */
export const INK = {
  text: '#5b6572',
  grid: '#e9ecf0',
  axis: '#c3c9d1',
  curve: '#2457c5',
  diagonal: '#8b95a1',
  promise: '#a82a20',
} as const;

/** An axis of shares in percent, from 0 to `max`. */
export function shareAxis(name: string, max: number, nameGap: number) {
  return {
    type: 'value' as const,
    name,
    nameLocation: 'middle' as const,
    nameGap,
    nameTextStyle: { color: INK.text, fontSize: 11 },
    min: 0,
    max,
    interval: max / 5,
    axisLabel: { color: INK.text, fontSize: 11, formatter: (value: number) => tick(value, max) },
    axisLine: { show: true, lineStyle: { color: INK.axis } },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: INK.grid } },
  };
}

/** The plot's place inside a chart: room for ticks and names of both axes, and nothing more. */
export const PLOT = { left: 48, right: 16, top: 12, bottom: 40, outerBoundsMode: 'none' as const };

/**
 * Draws a chart without a browser, as an `svg` element to stand in a page: no script, nothing fetched.
 * Text in it must come from this program; names from elsewhere belong in the page, escaped.
 *
 * @param size in pixels; the page may scale it
 */
export function drawChart(
  option: ChartOption,
  size: { readonly width: number; readonly height: number },
): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...size });
  try {
    chart.setOption({ animation: false, ...option });
    return chart.renderToSVGString({ useViewBox: true });
  } finally {
    chart.dispose();
  }
}

function tick(value: number, max: number): string {
  return max < 5 ? value.toFixed(1) : String(Math.round(value));
}

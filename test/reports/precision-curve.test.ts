import { describe, expect, it } from 'vitest';
import { drawChart } from '../../src/reports/draw-chart.js';
import { precisionCurve } from '../../src/reports/precision-curve.js';
import { aLabel } from './a-report.js';

describe('precisionCurve', () => {
  it('draws points, promise and what would have been proposed, in percent', () => {
    const option = precisionCurve(
      aLabel({
        curve: [
          { coverage: 0.125, precision: 1 },
          { coverage: 0.25, precision: 0.5 },
        ],
        coverage: 0.0625,
        proposedPrecision: 0.75,
      }),
      0.5,
    );
    expect(option).toMatchObject({
      xAxis: { min: 0, max: 30 },
      yAxis: { min: 0, max: 100 },
      series: [
        {
          data: [
            [0, 50],
            [30, 50],
          ],
        },
        {
          data: [
            [12.5, 100],
            [25, 50],
          ],
        },
        { data: [[6.25, 75]] },
      ],
    });
  });

  it.each([
    [0.004, 1],
    [0.02, 2],
    [0.031, 5],
    [0.06, 10],
    [0.91, 100],
    [1, 100],
  ])('ends its axis at an even step: %d', (coverage, max) => {
    const option = precisionCurve(
      aLabel({ curve: [{ coverage, precision: 1 }], coverage: 0 }),
      0.9,
    );
    expect(option.xAxis).toMatchObject({ max });
  });

  it('puts the first point where the axes say', () => {
    const label = aLabel({
      curve: [
        { coverage: 0, precision: 0 },
        { coverage: 0.1, precision: 1 },
      ],
      proposedPrecision: null,
    });
    const svg = drawChart(precisionCurve(label, 0.9), { width: 164, height: 152 });
    // The plot is 100 by 100 between the margins.
    expect(svg).toMatch(/d="M48 112L148 12"[^>]*stroke="#2457c5"/);
  });
});

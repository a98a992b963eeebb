import { describe, expect, it } from 'vitest';
import { reliabilityDiagram } from '../../src/reports/reliability-diagram.js';

describe('reliabilityDiagram', () => {
  it('puts each bin where it was said and right, larger the more it holds', () => {
    const option = reliabilityDiagram([
      { count: 25, meanProbability: 0.25, observed: 0.5 },
      { count: 100, meanProbability: 0.75, observed: 1 },
    ]);
    expect(option.series).toMatchObject([
      {
        data: [
          [0, 0],
          [100, 100],
        ],
      },
      {
        data: [
          { value: [25, 50], symbolSize: 16, label: { formatter: '25' } },
          { value: [75, 100], symbolSize: 26, label: { formatter: '100', position: 'bottom' } },
        ],
      },
    ]);
  });
});

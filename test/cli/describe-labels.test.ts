import { describe, expect, it } from 'vitest';
import { describeLabels } from '../../src/cli/describe-labels.js';

const label = (name: string, threshold: number | null) => ({
  name,
  threshold,
  examples: 50,
  offBecause: null,
  untried: false,
  backtest: null,
});
const HEAD = {
  precision: 0.9,
  exclusive: [],
  labels: [label('area: parser', 0.8), label('docs', 0.7), label('size\u001b[2J', null)],
};

describe('describeLabels', () => {
  it('shows the label, the likeliest with bars, and why', () => {
    const scores = { 'area: parser': 0.912, docs: 0.2, 'size\u001b[2J': 0.95 };
    const result = { label: 'area: parser', labels: ['area: parser'], scores, ms: 5.5 };
    expect(describeLabels(result, HEAD, 'issue-encoder 1', false).split('\n')).toEqual([
      'area: parser',
      '  size [2J      95.0 %  ███████████████████',
      '  area: parser  91.2 %  ██████████████████',
      '  docs          20.0 %  ████',
      '"area: parser" fits: 91.2 %, and 80.0 % is enough by this repository\'s history.',
      'issue-encoder 1, 5.5 ms',
    ]);
  });

  it('says how far the likeliest is from enough', () => {
    const scores = { 'area: parser': 0.7999, docs: 0.2 };
    const text = describeLabels({ label: null, labels: [], scores, ms: 1 }, HEAD, 'm', false);
    expect(text).toMatch(/^not sure\n/);
    expect(text).toContain('the likeliest is "area: parser" at 79.9 %, below the 80.0 %');
  });

  it('says why one that reaches its threshold is not the label', () => {
    const scores = { 'area: parser': 0.85, docs: 0.1 };
    const text = describeLabels({ label: null, labels: [], scores, ms: 1 }, HEAD, 'm', false);
    expect(text).toContain('another label of its group, or none of them, is likelier');
  });

  it('says that no label was shown to keep the promise, and how many are not shown', () => {
    const labels = Array.from({ length: 7 }, (_, index) => label(`l${index}`, null));
    const result = { label: null, labels: [], scores: { l3: 0.4 }, ms: 1 };
    const lines = describeLabels(result, { ...HEAD, labels }, 'm', false).split('\n');
    expect(lines[1]).toContain('l3');
    expect(lines.slice(-3)).toEqual([
      '  … and 2 more; --json shows all',
      'No label was shown to be right 90.0 % of the time.',
      'm, 1 ms',
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { backtestPage } from '../../src/reports/backtest-page.js';
import { aLabel, aReport } from './a-report.js';

const ABOUT = {
  subject: 'octo/widgets',
  judgedAt: '2026-03-01T00:00:00.000Z',
  things: 'pull requests',
};
const HOSTILE = '</title></style><script>alert(1)</script><img src=x onerror="alert(1)">\'&';

describe('backtestPage', () => {
  it('shows each label in the table and with a curve', async () => {
    const names = ['bug', 'area: editor', 'priority: high'];
    const page = await backtestPage(
      aReport({ labels: names.map((name) => aLabel({ name })) }),
      ABOUT,
    );
    for (const name of names) expect(page.split(`<bdi>${name}</bdi>`)).toHaveLength(3);
    expect(page.match(/<svg /g)).toHaveLength(names.length + 1);
    expect(page).toContain('95.0 %');
  });

  it('never shows a precision as the promise it missed', async () => {
    const missed = aLabel({ proposedPrecision: 0.8996, precisionLowerBound: 0.87 });
    const page = await backtestPage(aReport({ labels: [missed] }), ABOUT);
    expect(page).toContain('<td class="bad">89.9 %</td>');
  });

  it('escapes all that comes from issues and from outside', async () => {
    const report = aReport({
      labels: [aLabel({ name: HOSTILE })],
      leftOut: [{ name: HOSTILE, examples: 1, reason: 'too few' }],
      mistakes: [
        {
          title: HOSTILE,
          body: `</blockquote>${HOSTILE}`,
          createdAt: '2026-01-02T00:00:00Z',
          proposed: HOSTILE,
          probability: 0.99,
          labels: [HOSTILE],
        },
      ],
    });
    const page = await backtestPage(report, { ...ABOUT, subject: HOSTILE });
    expect(page).not.toMatch(/<script|<img/i);
    expect(page.match(/<\/blockquote>/g)).toHaveLength(1);
    expect(page.match(/<\/title>/g)).toHaveLength(1);
    expect(page.match(/&lt;script&gt;alert\(1\)/g)?.length).toBeGreaterThanOrEqual(8);
  });

  it('loads nothing and runs no script', async () => {
    const page = await backtestPage(aReport(), ABOUT);
    expect(page).toContain("default-src 'none'");
    expect(page).not.toMatch(
      /<(script|link|img|iframe|object|use)\b| on[a-z]+=|url\((?!#)|@import/i,
    );
    expect(page).not.toMatch(/(?:src|href)\s*=\s*["']?(?!#)/i);
  });

  it('gives every chart clip paths of its own', async () => {
    const page = await backtestPage(aReport({ labels: [aLabel(), aLabel({ name: 'b' })] }), ABOUT);
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('shows a label that nothing can be said of', async () => {
    const nothing = aLabel({
      support: 0,
      precision: null,
      recall: null,
      f1: null,
      averagePrecision: null,
      coverage: 0,
      precisionLowerBound: null,
      calibrationError: null,
      proposed: 0,
      proposedPrecision: null,
      curve: [],
    });
    const page = await backtestPage(
      aReport({ labels: [nothing], calibrationError: null, reliability: [] }),
      ABOUT,
    );
    expect(page).toContain('nothing proposed');
    expect(page).not.toMatch(/NaN|undefined|Infinity/);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SUGGESTION_MARKER, suggestLabel } from '../../src/triage/suggest-label.js';

const scores = { bug: 0.9999, feature: 0, question: 0.0001 };
const bodyFor = (label: string): string => suggestLabel(label, 'bug', scores).body;

/** The line with the label, between its code fences, as CommonMark reads it. */
function labelShown(body: string): string {
  const line = body.split('\n')[1] ?? '';
  const span = /(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)/.exec(line);
  const inside = span?.[2] ?? '';
  return /^ .* $/.test(inside) && inside.trim() !== '' ? inside.slice(1, -1) : inside;
}

describe('suggestLabel', () => {
  it('carries its marker, names the label and never rounds the score up', () => {
    const { marker, body } = suggestLabel('bug', 'bug', scores);
    expect(marker).toBe(SUGGESTION_MARKER);
    expect(body.startsWith(SUGGESTION_MARKER)).toBe(true);
    expect(body).toContain('`bug`');
    expect(body).toContain('99 % sure');
  });

  it('reads like this', () => {
    expect(bodyFor('type: bug')).toMatchInlineSnapshot(`
      "<!-- sentinel:suggestion -->
      For maintainers: this reads like a bug report, so the label \`type: bug\` may fit (99 % sure).

      <sub>Suggested by Sentinel with a small model on the maintainers’ own machine. It was not applied: use what fits, or ignore this.</sub>"
    `);
  });

  it.each([
    'bug',
    '@octocat',
    'cc @octo/team',
    '`',
    'a`b',
    '``a``',
    '`@octocat`',
    '```',
    '<img src=x onerror=alert(1)>',
    '<!-- x -->',
    '[click](https://example.com)',
    '#1',
    '*bold* _it_',
  ])('shows the label "%s" as code and nothing else', (label) => {
    expect(labelShown(bodyFor(label))).toBe(label);
  });

  it('keeps a label of several lines on its line, so that it cannot leave the code', () => {
    const body = bodyFor('x\n\n@octocat\r\n<b>');
    expect(body.split('\n')).toHaveLength(bodyFor('x').split('\n').length);
    expect(labelShown(body)).toContain('@octocat');
  });

  it('has the same lines whatever the label is called', () => {
    const label = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(label, (name) => {
        expect(bodyFor(name).split('\n')).toHaveLength(4);
      }),
    );
  });
});

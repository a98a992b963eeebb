import { expect, test } from 'vitest';
import { renderTerminal } from '../../scripts/render-terminal.js';

const texts = (output: string) => renderTerminal(output).match(/<text.*<\/text>/g) ?? [];

test('keeps what an erased line showed last', () => {
  const [only, ...rest] = texts('\r\u001b[2K⠋ 0 of 2\r\u001b[2Kdone\r\n');
  expect(only).toContain('>done<');
  expect(rest).toEqual([]);
});

test('takes styles on and off', () => {
  const [red, plain, bold] = texts('\u001b[31mbug\u001b[39mplain\u001b[1mbold\u001b[22m');
  expect(red).toContain('fill="#ff7b72">bug<');
  expect(plain).not.toContain('fill=');
  expect(bold).toContain('font-weight="bold">bold<');
});

test('places text by columns, wide characters counting two', () => {
  const [wide, after] = texts('日本  after');
  expect(wide).toContain('textLength="31.32"');
  expect(after).toContain(`x="${(16 + 6 * 7.83).toFixed(2)}"`);
});

test('escapes markup', () => {
  expect(texts('<script>&')[0]).toContain('>&lt;script&gt;&amp;<');
});

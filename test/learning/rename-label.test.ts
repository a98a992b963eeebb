import { expect, it } from 'vitest';
import { renameInHead } from '../../src/learning/rename-label.js';
import { aHead } from '../support/a-head.js';

const HEAD = await aHead();
const [FROM = '', OTHER = ''] = HEAD.labels.map(({ name }) => name);
const TO = 'printing';

it('changes the name and nothing else of a label', async () => {
  const named = (text: string) => text.replaceAll(JSON.stringify(FROM), JSON.stringify(TO));
  expect(renameInHead(HEAD, FROM, TO)).toEqual(JSON.parse(named(JSON.stringify(HEAD))));
  expect(HEAD.labels.some(({ threshold }) => threshold !== null)).toBe(true);
});

it('takes the new name from the labels that are left out, and leaves the others there', () => {
  const leftOut = [TO, 'rare'].map((name) => ({ name, examples: 3, reason: 'too few' }));
  const { leftOut: left } = renameInHead({ ...HEAD, leftOut }, FROM, TO);
  expect(left.map(({ name }) => name)).toEqual(['rare']);
});

it('never proposes again what had the new name before', () => {
  const { labels } = renameInHead(HEAD, FROM, OTHER);
  const [renamed, gone] = labels;
  expect(renamed).toEqual({ ...HEAD.labels[0], name: OTHER });
  expect(gone).toMatchObject({ threshold: null, offBecause: 'the label was deleted' });
  expect(gone?.name).not.toBe(OTHER);
});

it('leaves a head alone that does not know the label', () => {
  expect(renameInHead(HEAD, 'unknown', TO)).toBe(HEAD);
});

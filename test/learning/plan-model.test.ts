import { expect, it } from 'vitest';
import { planModel } from '../../src/learning/plan-model.js';

const issue = { title: 'Open the door', body: null, labels: [], createdAt: '2026-01-01T00:00:00Z' };
const areas = { labels: ['area: doors'], exclusive: false, complete: false };
const types = { labels: ['bug', 'enhancement'], exclusive: true, complete: true };

it('trusts words and encoder alike for the areas of issues', () => {
  const { mixtures } = planModel([{ issue }], [areas], 1);
  expect(mixtures[0]?.[0]).toEqual({ text: 0.5, embedding: 0.5, zeroConfig: 0 });
});

it('trusts title and paths more for those of pull requests', () => {
  const { mixtures } = planModel([{ issue: { ...issue, paths: ['src/door.ts'] } }], [areas], 1);
  expect(mixtures[0]?.[0]).toEqual({ text: 0.85, embedding: 0.15, zeroConfig: 0 });
});

it('asks the encoder about types it knows', () => {
  const plan = planModel([{ issue }], [types], 1);
  expect(plan.zeroConfigClasses).toEqual([[0, 1]]);
  expect(plan.mixtures[0]?.[0].zeroConfig).toBeGreaterThan(0);
});

import { describe, expect, it } from 'vitest';
import { NothingToLearnError } from '../../src/learning/learn-head.js';
import { chooseInWorker, learnInWorker } from '../../src/learning/learn-in-worker.js';
import { anExample } from '../support/an-example.js';

/** The built worker: tests run unbuilt, worker threads cannot. */
const BUILT_WORKER = new URL('../../dist/learning/learning-worker.js', import.meta.url);
const OPTIONS = {
  encoder: { name: 'encoder', version: '1', temperature: 1 },
  precision: 0.9,
  learnedAt: '2026-01-01T00:00:00.000Z',
};
const examples = Array.from({ length: 60 }, (_, index) => anExample(index));

describe('learnInWorker', () => {
  it('answers with a head, told of on the way, that can be compared', async () => {
    const shares: number[] = [];
    const onProgress = (share: number) => shares.push(share);
    const head = await learnInWorker(examples, { ...OPTIONS, onProgress }, BUILT_WORKER);
    expect(head.issues.learned).toBe(60);
    expect(shares.at(-1)).toBe(1);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    const choice = await chooseInWorker(head, head, examples, BUILT_WORKER);
    expect(choice.because).toContain('newest 20 examples');
  });

  it('says when there is nothing to learn', async () => {
    const few = learnInWorker(examples.slice(0, 5), OPTIONS, BUILT_WORKER);
    await expect(few).rejects.toThrow(NothingToLearnError);
    await expect(few).rejects.toThrow('No label can be learned from 5 examples');
  });

  it('reports what goes wrong while computing', async () => {
    const broken = [...examples, { ...anExample(60), encoding: undefined as never }];
    await expect(learnInWorker(broken, OPTIONS, BUILT_WORKER)).rejects.toThrow(/undefined/);
  });

  it('reports a thread that does not start', async () => {
    const nowhere = new URL('./no-worker.js', BUILT_WORKER);
    await expect(learnInWorker(examples, OPTIONS, nowhere)).rejects.toThrow(/no-worker/);
  });
});

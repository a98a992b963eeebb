import { truncateSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EncoderStoppedError } from '../../src/models/encoder.js';
import { ISSUE_ENCODER } from '../../src/models/model-kind.js';
import { startEncoder } from '../../src/models/start-encoder.js';
import { type EncoderSupervisor, superviseEncoder } from '../../src/models/supervise-encoder.js';
import { BUILT_WORKER, copyModel, type ModelCopy } from '../support/copy-model.js';
import { until } from '../support/run-sentinel.js';

/** A thread that is ready at once and dies of its first text. */
const MORTAL = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from 'node:worker_threads';
    parentPort.on('message', () => { throw new Error('out of luck'); });
    parentPort.postMessage({ kind: 'ready' });
  `)}`,
);

let copy: ModelCopy;
let supervisor: EncoderSupervisor | undefined;
let problems: string[];
beforeEach(() => {
  copy = copyModel();
  problems = [];
});
afterEach(async () => {
  await supervisor?.close();
  copy.remove();
});

function supervise(workers: () => URL): EncoderSupervisor {
  supervisor = superviseEncoder({
    start: () => startEncoder({ modelDirectory: copy.directory, workerUrl: workers() }),
    retryMs: 20,
    onProblem: (error) => problems.push(String(error)),
  });
  return supervisor;
}

describe('the supervised encoder', () => {
  it('says that it is starting, then classifies', async () => {
    const encoder = supervise(() => BUILT_WORKER);
    expect(encoder.problem).toContain('starting');
    await expect(encoder.classify('Too early')).rejects.toBeInstanceOf(EncoderStoppedError);
    await encoder.started;
    expect(encoder.problem).toBeNull();
    expect((await encoder.classify('It crashes')).logits).toHaveLength(3);
  });

  it('starts again after its thread died, and fails what was asked of that thread', async () => {
    const workers = [MORTAL];
    const encoder = supervise(() => workers.shift() ?? BUILT_WORKER);
    await encoder.started;
    await expect(encoder.classify('The last text')).rejects.toThrow('out of luck');
    expect(problems.join()).toContain('out of luck');
    await until(async () => (encoder.problem === null ? true : undefined), 'a new thread');
    expect((await encoder.classify('It crashes')).logits).toHaveLength(3);
  });

  it('waits for a damaged file to be restored, and names it meanwhile', async () => {
    truncateSync(copy.modelFile, 1000);
    const encoder = supervise(() => BUILT_WORKER);
    await until(async () => (problems.length > 1 ? true : undefined), 'a second try');
    expect(encoder.problem).toContain(copy.modelFile);
    expect(() => encoder.manifest).toThrow(EncoderStoppedError);
    const whole = path.join(ISSUE_ENCODER.directory, 'onnx', 'model_quantized.onnx');
    await copyFile(whole, copy.modelFile);
    await encoder.started;
    expect(encoder.problem).toBeNull();
  });

  it('stays closed once closed, even while it starts', async () => {
    const encoder = supervise(() => BUILT_WORKER);
    await encoder.close();
    await expect(encoder.classify('Too late')).rejects.toBeInstanceOf(EncoderStoppedError);
    expect(problems).toEqual([]);
  });
});

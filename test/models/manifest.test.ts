import { appendFileSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readManifest, verifyModelFiles } from '../../src/models/manifest.js';
import { ModelError } from '../../src/models/model-error.js';
import { ISSUE_ENCODER } from '../../src/models/model-kind.js';
import { startEncoder } from '../../src/models/start-encoder.js';
import { ISSUE_CLASSES } from '../../src/triage/plan.js';
import { BUILT_WORKER, copyModel, type ModelCopy } from '../support/copy-model.js';

let copy: ModelCopy;
beforeEach(() => {
  copy = copyModel();
});
afterEach(() => copy.remove());

const manifestFile = (): string => path.join(copy.directory, 'manifest.json');

function changeManifest(change: (manifest: Record<string, unknown>) => void): void {
  const manifest = JSON.parse(readFileSync(manifestFile(), 'utf8')) as Record<string, unknown>;
  change(manifest);
  writeFileSync(manifestFile(), JSON.stringify(manifest));
}

/** Why the encoder does not start; the text a person reads. */
async function startProblem(): Promise<string> {
  const started = startEncoder({ modelDirectory: copy.directory, workerUrl: BUILT_WORKER });
  const error = await started.then(
    async (encoder) => {
      await encoder.close();
      return null;
    },
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ModelError);
  return error instanceof ModelError ? error.message : '';
}

describe('the committed model', () => {
  it('is what its manifest says', async () => {
    const manifest = await readManifest(ISSUE_ENCODER);
    await verifyModelFiles(manifest, ISSUE_ENCODER.directory);
    expect(manifest.labels).toEqual([...ISSUE_CLASSES]);
    expect(manifest.files.map((file) => file.path)).toContain('onnx/model_quantized.onnx');
  });
});

describe('a manifest that cannot be used is told with its file', () => {
  it('when it is missing', async () => {
    rmSync(manifestFile());
    expect(await startProblem()).toContain(`${manifestFile()} cannot be read`);
  });

  it('when it is not JSON', async () => {
    writeFileSync(manifestFile(), '{"schema":');
    expect(await startProblem()).toContain(`${manifestFile()} is not JSON`);
  });

  it.each<[string, (manifest: Record<string, unknown>) => void]>([
    ['another schema', (manifest) => Object.assign(manifest, { schema: 2 })],
    [
      'labels in another order',
      (manifest) => Object.assign(manifest, { labels: ['feature', 'bug', 'question'] }),
    ],
    ['no temperature', (manifest) => Object.assign(manifest, { temperature: 0 })],
    ['no files', (manifest) => Object.assign(manifest, { files: [] })],
    [
      'a threshold above one',
      (manifest) => Object.assign(manifest, { thresholds: { bug: 2, feature: 1, question: 1 } }),
    ],
  ])('when it has %s', async (_, change) => {
    changeManifest(change);
    await expect(readManifest({ ...ISSUE_ENCODER, directory: copy.directory })).rejects.toThrow(
      /is not a model manifest/,
    );
  });

  it.each([
    ['for another count of labels', [1, 1], 'another count of labels'],
    ['that is not among its files', [1, 1, 1], 'among its files'],
  ])('when it has a linear model %s', async (_, scales, said) => {
    const linear = { file: 'l.bin', buckets: 1, scales, biases: [0, 0, 0] };
    changeManifest((manifest) =>
      Object.assign(manifest, { linear: { ...linear, temperature: 1, weight: 0.5 } }),
    );
    const reading = readManifest({ ...ISSUE_ENCODER, directory: copy.directory });
    await expect(reading).rejects.toThrow(said);
  });

  it.each(['../secret', 'onnx/../../secret', '/etc/hosts', './x', 'a\\..\\b', ''])(
    'when it names a file outside its folder: "%s"',
    async (outside) => {
      const file = { path: outside, bytes: 1, sha256: '0'.repeat(64) };
      changeManifest((manifest) => Object.assign(manifest, { files: [file] }));
      await expect(readManifest({ ...ISSUE_ENCODER, directory: copy.directory })).rejects.toThrow(
        /inside the model folder/,
      );
    },
  );
});

describe('a model file that is not whole is told by name, with the way out', () => {
  it('when it is missing', async () => {
    rmSync(copy.modelFile);
    const problem = await startProblem();
    expect(problem).toContain(`${copy.modelFile} is missing`);
    expect(problem).toContain('git checkout -- models');
  });

  it('when it is cut short, as by a full disk', async () => {
    truncateSync(copy.modelFile, 1_000_000);
    expect(await startProblem()).toContain(`${copy.modelFile} is corrupt: it has 1000000 bytes`);
  });

  it('when something was appended', async () => {
    const tokenizer = path.join(copy.directory, 'tokenizer.json');
    appendFileSync(tokenizer, '\n');
    expect(await startProblem()).toContain(`${tokenizer} is corrupt`);
  });

  it('when one bit differs and its size is right', async () => {
    const bytes = readFileSync(copy.modelFile);
    bytes.writeUInt8(bytes.readUInt8(5_000_000) ^ 1, 5_000_000);
    writeFileSync(copy.modelFile, bytes);
    expect(await startProblem()).toContain(`${copy.modelFile} is corrupt: its sha256`);
  });

  it('when it is whole by its manifest but no model', async () => {
    const { createHash } = await import('node:crypto');
    const bytes = Buffer.from('not a model');
    writeFileSync(copy.modelFile, bytes);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    changeManifest((manifest) => {
      const files = manifest.files as { path: string; bytes: number; sha256: string }[];
      manifest.files = files.map((file) =>
        file.path.endsWith('.onnx') ? { ...file, bytes: bytes.length, sha256 } : file,
      );
    });
    expect(await startProblem()).toContain(`${copy.modelFile} cannot be loaded`);
  });
});

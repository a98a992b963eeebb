import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkModels } from '../../scripts/check-models.js';
import { ISSUE_ENCODER } from '../../src/models/model-kind.js';
import { PREPARATION_VERSION } from '../../src/triage/prepare-issue.js';

describe('checkModels', () => {
  let models: string;
  let model: string;

  /** A model folder in order: the committed manifest with one small file. */
  beforeEach(async () => {
    models = await mkdtemp(path.join(tmpdir(), 'sentinel-models-'));
    model = path.join(models, 'tiny');
    await mkdir(path.join(model, 'onnx'), { recursive: true });
    await writeFile(path.join(model, 'README.md'), '# A model card\n');
    await writeFile(path.join(model, 'onnx', 'model.onnx'), 'weights');
    await writeManifest({});
  });

  afterEach(() => rm(models, { recursive: true, force: true }));

  async function writeManifest(change: Record<string, unknown>): Promise<void> {
    const committed = await readFile(path.join(ISSUE_ENCODER.directory, 'manifest.json'), 'utf8');
    const sha256 = createHash('sha256').update('weights').digest('hex');
    const manifest = {
      ...JSON.parse(committed),
      preparation: PREPARATION_VERSION,
      files: [{ path: 'onnx/model.onnx', bytes: 7, sha256 }],
      ...change,
    };
    await writeFile(path.join(model, 'manifest.json'), JSON.stringify(manifest));
  }

  const problems = async (): Promise<string> => (await checkModels(models)).problems.join('\n');

  test('finds nothing wrong in a folder in order', async () => {
    expect(await problems()).toBe('');
  });

  test('reports a file that the manifest does not list', async () => {
    await writeFile(path.join(model, 'onnx', 'notes.txt'), '');
    expect(await problems()).toMatch(/tiny\/onnx\/notes\.txt is not in the manifest/);
  });

  test('reports a file that is missing, cut short or changed', async () => {
    const file = path.join(model, 'onnx', 'model.onnx');
    await writeFile(file, 'Weights');
    expect(await problems()).toMatch(/sha256/);
    await writeFile(file, 'weight');
    expect(await problems()).toMatch(/6 bytes/);
    await rm(file);
    expect(await problems()).toMatch(/is missing/);
  });

  test('reports a missing model card and a missing manifest', async () => {
    await rm(path.join(model, 'README.md'));
    expect(await problems()).toMatch(/no model card/);
    await rm(path.join(model, 'manifest.json'));
    expect(await problems()).toMatch(/manifest\.json cannot be read/);
  });

  test('reports a model made for another preparation', async () => {
    await writeManifest({ preparation: PREPARATION_VERSION + 1 });
    expect(await problems()).toMatch(/was trained on preparation/);
  });

  test('reports a file over 50 MB', async () => {
    await truncate(path.join(model, 'onnx', 'model.onnx'), 50 * 1024 * 1024 + 1);
    expect(await problems()).toMatch(/larger than 50 MB/);
  });

  test('reports a file beside the model folders, and a folder without models', async () => {
    await writeFile(path.join(models, 'stray.onnx'), '');
    expect(await problems()).toMatch(/stray\.onnx is not in the folder of a model/);
    await rm(model, { recursive: true });
    expect(await problems()).toMatch(/holds no model/);
  });
});

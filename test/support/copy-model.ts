import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ISSUE_ENCODER } from '../../src/models/model-kind.js';

/** The committed model in a temporary folder of its own, to be damaged. */
export interface ModelCopy {
  readonly directory: string;
  readonly modelFile: string;
  remove(): void;
}

export function copyModel(): ModelCopy {
  const folder = mkdtempSync(path.join(tmpdir(), 'sentinel-model-'));
  const directory = path.join(folder, 'issue-encoder');
  cpSync(ISSUE_ENCODER.directory, directory, { recursive: true });
  return {
    directory,
    modelFile: path.join(directory, 'onnx', 'model_quantized.onnx'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The built worker: tests run unbuilt, worker threads cannot. */
export const BUILT_WORKER = new URL('../../dist/models/encoder-worker.js', import.meta.url);

import path from 'node:path';
import { env, pipeline } from '@huggingface/transformers';

/** The plain transformers.js call: same weights, int8, one text at a time, one thread. */
export async function loadPipeline(directory: string): Promise<(text: string) => Promise<unknown>> {
  env.localModelPath = path.dirname(directory);
  env.allowRemoteModels = false;
  const classify = await pipeline('text-classification', path.basename(directory), {
    dtype: 'q8',
    device: 'cpu',
    local_files_only: true,
    session_options: { intraOpNumThreads: 1, interOpNumThreads: 1 },
  });
  return (text) => Promise.resolve(classify(text));
}

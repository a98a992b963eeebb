import type { Example, LabelledIssue } from '../learning/labelled-issue.js';
import { readTrainingIssues } from '../learning/training-issues.js';
import type { ModelManifest } from '../models/manifest.js';
import { ISSUE_ENCODER } from '../models/model-kind.js';
import { startEncoder } from '../models/start-encoder.js';
import { prepareIssue } from '../triage/prepare-issue.js';

export interface EncodedIssues {
  readonly examples: readonly Example[];
  readonly manifest: ModelManifest;
}

/**
 * One pass of the encoder over issues.
 *
 * @param onProgress told how many are done
 */
export async function encodeIssues(
  issues: readonly LabelledIssue[],
  options: { readonly threads: number; readonly model?: string | undefined },
  onProgress: (done: number) => void,
): Promise<EncodedIssues> {
  const modelDirectory = options.model ?? ISSUE_ENCODER.directory;
  const seenByEncoder = await readTrainingIssues(modelDirectory);
  const encoder = await startEncoder({ modelDirectory, threads: options.threads });
  try {
    const examples: Example[] = [];
    for (const issue of issues) {
      const text = prepareIssue(issue);
      const { logits, embedding } = await encoder.classify(text);
      examples.push({ issue, encoding: { logits, embedding }, seen: seenByEncoder(text) });
      onProgress(examples.length);
    }
    return { examples, manifest: encoder.manifest };
  } finally {
    await encoder.close();
  }
}

import type { Example, LabelledIssue } from '../learning/labelled-issue.js';
import type { LabelledPull } from '../learning/labelled-pulls.js';
import type { EncoderFacts } from '../learning/learn-head.js';
import { readTrainingIssues } from '../learning/training-issues.js';
import type { Encoder } from '../models/encoder.js';
import { CHANGE_ENCODER, ISSUE_ENCODER } from '../models/model-kind.js';
import { startEncoder, startModel } from '../models/start-encoder.js';
import { prepareIssue } from '../triage/prepare-issue.js';

export interface EncodedIssues {
  readonly examples: readonly Example[];
  readonly manifest: EncoderFacts;
}

/** An issue or a pull request, what its encoder reads of it, and whether that was trained on it. */
interface Input {
  readonly issue: LabelledIssue;
  readonly text: string;
  readonly seen: boolean;
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
  const inputs = issues.map((issue) => {
    const text = prepareIssue(issue);
    return { issue, text, seen: seenByEncoder(text) };
  });
  return encode(inputs, await startEncoder({ ...options, modelDirectory }), onProgress);
}

/** One pass of the change encoder over pull requests; see `encodeIssues`. */
export async function encodePulls(
  pulls: readonly LabelledPull[],
  options: { readonly threads: number },
  onProgress: (done: number) => void,
): Promise<EncodedIssues> {
  // The encoder may have seen the change, but never a label of this kind.
  const inputs = pulls.map((pull) => ({ ...pull, seen: false }));
  return encode(inputs, await startModel(CHANGE_ENCODER, options), onProgress);
}

async function encode(
  inputs: readonly Input[],
  encoder: Encoder<string>,
  onProgress: (done: number) => void,
): Promise<EncodedIssues> {
  try {
    const examples: Example[] = [];
    for (const { issue, text, seen } of inputs) {
      const { logits, embedding } = await encoder.classify(text);
      examples.push({ issue, text, encoding: { logits, embedding }, seen });
      onProgress(examples.length);
    }
    return { examples, manifest: encoder.manifest };
  } finally {
    await encoder.close();
  }
}

import { z } from 'zod';
import type { Classifier } from '../models/encoder.js';
import type { ChangeLabel } from '../models/model-kind.js';
import { parseDiff } from '../triage/parse-diff.js';
import { chooseType } from '../triage/score-change.js';
import { isReadFromWords } from '../triage/word-diff.js';
import { type AnsweredLine, answerLines, BadLine, type LineForm } from './answer-lines.js';
import { roundTypeScores, scoreFiles } from './classify-change.js';

/** Room for a diff of 20 MB and its escapes. */
export const MAX_DIFF_LINE_BYTES = 48 * 1024 * 1024;

interface DiffLine {
  readonly title: string | null;
  readonly diff: string;
}

const DIFF_LINE: LineForm<DiffLine> = {
  schema: z.object({ title: z.string().nullable().default(null), diff: z.string() }),
  maxBytes: MAX_DIFF_LINE_BYTES,
  fields: '"title" and "diff"',
};

/**
 * Answers each `{"title"?,"diff"}` with the model's own `{"type","scores","ms"}`, whatever type the
 * title states; see `answerLines`. A `diff` without a changed file, or of words instead of lines, is a bad line.
 */
export function classifyDiffLines(
  encoder: Classifier<ChangeLabel>,
  input: AsyncIterable<Uint8Array>,
): AsyncGenerator<AnsweredLine> {
  return answerLines(input, DIFF_LINE, async ({ title, diff }) => {
    const began = performance.now();
    const files = parseDiff(diff);
    if (files.length === 0) return new BadLine('"diff" holds no changed file');
    if (isReadFromWords(files, diff)) {
      return new BadLine('"diff" was written with --word-diff');
    }
    const change = { title: title ?? '', files };
    const { scores, ms } = await scoreFiles(encoder, change, began);
    const { type } = chooseType(scores, encoder.manifest.thresholds);
    return { type, scores: roundTypeScores(scores), ms };
  });
}

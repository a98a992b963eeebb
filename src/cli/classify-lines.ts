import { z } from 'zod';
import type { ReadyHead } from '../learning/score-with-head.js';
import type { Classifier } from '../models/encoder.js';
import { type AnsweredLine, answerLines, type LineForm } from './answer-lines.js';
import { classifyText, type IssueText, roundScores } from './classify-text.js';
import { classifyWithHead } from './classify-with-head.js';

/** GitHub's bodies end at 65,536 characters; escaped, that is well under this. */
export const MAX_LINE_BYTES = 1024 * 1024;

/** Other fields, such as `repo`, may stand there; the encoder reads the text alone. */
const ISSUE_LINE: LineForm<IssueText> = {
  schema: z
    .object({
      title: z.string(),
      body: z.string().nullable().default(null),
      author_association: z.string().max(40).nullish(),
    })
    .transform(({ title, body, author_association: author }) => ({
      title,
      body,
      authorAssociation: author ?? undefined,
    })),
  maxBytes: MAX_LINE_BYTES,
  fields: '"title" and "body"',
};

/** Answers each issue, a line of JSON, with a line of scores; see `answerLines`. */
export function classifyLines(
  encoder: Classifier,
  input: AsyncIterable<Uint8Array>,
  head: ReadyHead | null = null,
): AsyncGenerator<AnsweredLine> {
  return answerLines(input, ISSUE_LINE, async (issue) => {
    if (head !== null) return classifyWithHead(encoder, head, issue);
    const { label, scores, ms } = await classifyText(encoder, issue);
    return { label, scores: roundScores(scores), ms };
  });
}

import { z } from 'zod';
import { RefusedError } from '../github/github-error.js';
import { prepareIssue } from '../triage/prepare-issue.js';
import { hashText } from './encode-text.js';
import type { HandlerContext } from './event-handler.js';
import { type IssueTarget, onIssue, targetOf } from './issue-event.js';
import { keepHistory } from './keep-history.js';
import { triageIssue } from './triage-issue.js';

const editedSchema = z.object({
  issue: z.object({ title: z.string(), body: z.string().nullish() }),
});

/**
 * Reconsiders when the edit changed what the encoder reads; edits by bots never do. What was made of
 * the text before is forgotten, and an issue that is learned from is read again.
 */
export const issuesEdited = onIssue({
  event: 'issues.edited',
  target: (event) => (event.sender?.type === 'Bot' ? null : targetOf(event)),
  async handle(target, delivery, context) {
    const { repository, issue } = target;
    const edited = editedSchema.safeParse(JSON.parse(delivery.payload)).data?.issue;
    if (edited) {
      const text = prepareIssue({ title: edited.title, body: edited.body ?? null });
      await context.store.embeddings.remove({ repository, issue }, hashText(text));
    }
    await readAgain(target, context);
    await triageIssue(target, delivery, context, { unlessUnchanged: true });
  },
});

async function readAgain(
  { installationId, repository, issue }: IssueTarget,
  { github, store }: HandlerContext,
): Promise<void> {
  if (!(await store.historyIssues.find(repository, issue))) return;
  try {
    await keepHistory(github.installation(installationId), repository, issue, store);
  } catch (error) {
    // Deciding meets the same refusal, and records it.
    if (!(error instanceof RefusedError)) throw error;
  }
}

import { brokePromise, LIVE_DAYS } from '../learning/live-precision.js';
import type { DecisionRecord } from '../store/decisions.js';
import type { LabelSetterRecord } from '../store/label-setters.js';
import type { HeadSubject } from '../store/schema.js';
import type { HandlerContext } from './event-handler.js';
import type { IssueTarget } from './issue-event.js';
import { queueLearningOnce } from './queue-learning.js';

const DAY_MS = 86_400_000;

/** What a person did with a label, as its webhook tells. */
export interface LabelDeed {
  /** What bears the label. */
  readonly subject: HeadSubject;
  readonly label: string;
  readonly truth: 'added' | 'removed';
  readonly person: LabelSetterRecord;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/**
 * Records what a person who may triage did with a label after a decision as the truth for it. When
 * that shows a learned label below the promise, the label is switched to suggestions, told once, and
 * learned anew.
 */
export async function recordFeedback(
  target: IssueTarget,
  { subject, label, truth, person, at }: LabelDeed,
  context: Pick<HandlerContext, 'store' | 'heads' | 'queue' | 'logger'>,
): Promise<void> {
  const { repository, issue } = target;
  const { store } = context;
  const decision = await store.decisions.latestForIssue(repository, issue);
  if (!decision) return;
  const head = await store.heads.inUse(repository, subject);
  const judged = {
    delivery_id: decision.delivery_id,
    label: await spelling(decision, label, store),
    repository,
    issue,
    head_version: head?.version ?? 0,
    decided_at: decision.decided_at,
  };
  await store.labelFeedback.judge(judged, { truth, actor: person.login, role: person.role, at });
  if (head) await keepPromise(target, { subject, label: judged.label }, head.version, context);
}

/** The name under which the label was proposed: GitHub's names are the same whatever their case. */
async function spelling(
  { repository, issue }: DecisionRecord,
  label: string,
  store: HandlerContext['store'],
): Promise<string> {
  const proposed = await store.labelFeedback.ofIssue(repository, issue);
  const same = proposed.find((row) => row.label.toLowerCase() === label.toLowerCase());
  return same?.label ?? label;
}

async function keepPromise(
  target: IssueTarget,
  { subject, label }: Pick<LabelDeed, 'subject' | 'label'>,
  version: number,
  { store, heads, queue, logger }: Pick<HandlerContext, 'store' | 'heads' | 'queue' | 'logger'>,
): Promise<void> {
  const { repository } = target;
  const usable = await heads.read(repository, subject);
  const learned = usable?.head.labels.find(({ name }) => name === label);
  if (!usable || !learned) return;
  const counts = await store.labelFeedback.counts(repository, Date.now() - LIVE_DAYS * DAY_MS, {
    headVersion: version,
  });
  const count = counts.get(label);
  const promise = usable.head.precision;
  if (!count || !brokePromise(count, promise)) return;
  const since = Date.now();
  const first = await store.labelSwitches.add({
    repository,
    label,
    since,
    head_version: version,
    ...count,
    promise,
  });
  if (first) {
    heads.forget(repository);
    logger.warn(
      { repository, label, ...count, promise },
      'people took this label off too often: from now on it is only suggested',
    );
  }
  // Also where it is known already: the process may have been killed in between.
  await queueLearningOnce(
    queue,
    target,
    `"${label}" of head ${version} was switched to suggestions`,
  );
}

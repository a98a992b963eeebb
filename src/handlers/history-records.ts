import type { HistoryIssue, HistoryLabelEvent } from '../github/read-history.js';
import type { HistoryIssueRecord } from '../store/history-issues.js';
import type { HistoryPullRecord } from '../store/history-pulls.js';
import type { LabelEventRecord } from '../store/label-events.js';

/** An issue as the store keeps it. */
export function issueRecord(repository: string, issue: HistoryIssue): HistoryIssueRecord {
  return {
    ...pullRecord(repository, issue),
    author_association: issue.authorAssociation,
    body: issue.body,
  };
}

/** A pull request as the store keeps it, before its files are read. */
export function pullRecord(
  repository: string,
  pull: HistoryIssue,
): Omit<HistoryPullRecord, 'paths' | 'text'> {
  return {
    repository,
    number: pull.number,
    title: pull.title,
    labels: JSON.stringify(pull.labels),
    author: pull.author?.toLowerCase() ?? '',
    created_at: Date.parse(pull.createdAt),
    updated_at: Date.parse(pull.updatedAt),
  };
}

/** A label event as the store keeps it. */
export function labelEventRecord(repository: string, event: HistoryLabelEvent): LabelEventRecord {
  return {
    repository,
    id: event.id,
    issue: event.issue,
    label: event.label,
    action: event.action,
    actor: event.actor?.toLowerCase() ?? '',
    bot: event.bot ? 1 : 0,
    at: Date.parse(event.at),
  };
}

import type { RepositoryConfig } from '../config/repository-config.js';
import type { Issue } from './issue.js';
import type { Reason } from './plan.js';

/** Why an issue is left alone without being read, or null when it is to be triaged. */
export function ignoreIssue(issue: Issue, config: RepositoryConfig): Reason | null {
  const { authors, titles, labels } = config.ignore;
  if (issue.authorIsBot) {
    return { code: 'bot-author', text: `It was opened by a bot, ${issue.author}.` };
  }
  if (issue.locked) {
    return { code: 'locked', text: 'Its conversation is locked.' };
  }
  if (issue.closed) {
    return { code: 'closed', text: 'It is already closed.' };
  }
  const author = authors.find((pattern) => matches(pattern, issue.author));
  if (author !== undefined) {
    return { code: 'ignored-author', text: `ignore.authors has "${author}".` };
  }
  const title = titles.find((pattern) => matches(pattern, issue.title));
  if (title !== undefined) {
    return { code: 'ignored-title', text: `ignore.titles has "${title}".` };
  }
  const label = labels.find((pattern) => issue.labels.some((name) => matches(pattern, name)));
  if (label !== undefined) {
    return { code: 'ignored-label', text: `ignore.labels has "${label}".` };
  }
  return null;
}

/**
 * Whether a text matches a pattern in which `*` stands for any run of characters, ignoring case.
 * Greedy matching with one step back: linear in practice, never exponential.
 */
export function matches(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.toLowerCase().split('*');
  const subject = text.toLowerCase();
  if (rest.length === 0) {
    return subject === first;
  }
  const last = rest.pop() ?? '';
  if (!subject.startsWith(first) || !subject.endsWith(last)) {
    return false;
  }
  let position = first.length;
  for (const part of rest) {
    const found = subject.indexOf(part, position);
    if (found < 0) {
      return false;
    }
    position = found + part.length;
  }
  return position <= subject.length - last.length;
}

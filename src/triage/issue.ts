/** An issue as read from GitHub: everything a decision may rest on. */
export interface Issue {
  /** `owner/name`. */
  readonly repository: string;
  readonly number: number;
  readonly title: string;
  readonly body: string | null;
  readonly url: string;
  readonly author: string;
  readonly authorIsBot: boolean;
  /** GitHub's `author_association`, such as `NONE` or `MEMBER`, where it is known. */
  readonly authorAssociation?: string | undefined;
  readonly labels: readonly string[];
  readonly locked: boolean;
  readonly closed: boolean;
  /** When it last changed, ISO 8601 by GitHub's clock, where that is known. */
  readonly changedAt?: string | undefined;
}

/** One time a label was put on or taken off, oldest first in a history. */
export interface LabelEvent {
  readonly label: string;
  readonly action: 'added' | 'removed';
  /** True when Sentinel itself did it. */
  readonly ours: boolean;
  /** Login of another bot or App, where one did it. */
  readonly bot?: string;
  /** ISO 8601 by GitHub's clock, where that is known. */
  readonly at?: string;
  /** True when Sentinel put it on in a try that broke off before its decision was recorded. */
  readonly unrecorded?: true;
}

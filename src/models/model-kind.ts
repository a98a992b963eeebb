import { fileURLToPath } from 'node:url';

/** What a model tells apart, and where it lies. */
export interface ModelKind<Label extends string> {
  /** In the order of its logits. */
  readonly labels: readonly Label[];
  /** Folder with `manifest.json`. */
  readonly directory: string;
}

export type IssueLabel = 'bug' | 'feature' | 'question';
export type ChangeLabel =
  | 'feat'
  | 'fix'
  | 'docs'
  | 'style'
  | 'refactor'
  | 'perf'
  | 'test'
  | 'build'
  | 'ci'
  | 'chore';

/** A committed model's folder, found from the built file and from the source alike. */
const committed = (name: string): string =>
  fileURLToPath(new URL(`../../models/${name}`, import.meta.url));

/** Says what an issue is. */
export const ISSUE_ENCODER: ModelKind<IssueLabel> = {
  labels: ['bug', 'feature', 'question'],
  directory: committed('issue-encoder'),
};

/** Says of what type a change is. */
export const CHANGE_ENCODER: ModelKind<ChangeLabel> = {
  labels: ['feat', 'fix', 'docs', 'style', 'refactor', 'perf', 'test', 'build', 'ci', 'chore'],
  directory: committed('change-encoder'),
};

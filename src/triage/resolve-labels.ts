import { firstCodePoints } from './code-points.js';
import { ISSUE_TYPES, type IssueType, type Reason } from './plan.js';

/** Characters. GitHub refuses a longer one, and with it all labels of the same call. */
const MAX_LABEL_NAME = 50;

/** Names maintainers use for a type, the most telling first. */
const ALIASES: Readonly<Record<IssueType, readonly string[]>> = {
  bug: ['bug', 'bug report', 'bugs', 'defect'],
  feature: [
    'feature request',
    'feature',
    'enhancement',
    'new feature',
    'enhancement request',
    'feat',
    'improvement',
    'suggestion',
    'wishlist',
  ],
  question: ['question', 'questions', 'support', 'support request', 'usage question', 'q&a'],
  documentation: ['documentation', 'docs', 'doc', 'documentation issue', 'docs issue'],
};

/** Prefixes that only say "this label is a kind": `kind/bug`, `type: bug`, `type::bug`, `C-bug`. */
const KIND_PREFIX = /^(?:kind|type|issue type|t|c|category|cat)[ ]?(?:::|[/:\-=])[ ]?/;

/** The configured name for a type, `false` to never label it, or nothing: find it by name. */
export type LabelMapping = Readonly<Partial<Record<IssueType, string | false | undefined>>>;

export type ResolvedLabel =
  | { readonly kind: 'existing'; readonly name: string }
  /** The repository has no such label; `name` is what it would be called. */
  | { readonly kind: 'missing'; readonly name: string }
  /** The configuration has given the name to another type. */
  | { readonly kind: 'taken'; readonly name: string }
  /** The configuration says never to label this type. */
  | { readonly kind: 'off' };

/**
 * Finds the label that stands for a type among those the repository has: the configured name if
 * there is one, else by alias, with or without a kind prefix and whatever its case or emoji. One that
 * the configuration gives to another type stands for that type alone.
 */
export function resolveLabel(
  type: IssueType,
  mapping: LabelMapping,
  repositoryLabels: readonly string[],
): ResolvedLabel {
  return resolveName(
    {
      configured: mapping[type],
      aliases: ALIASES[type],
      fallback: type === 'feature' ? 'enhancement' : type,
      taken: namesOf(mapping),
    },
    repositoryLabels,
  );
}

/** What is known of a label that is looked for. */
export interface WantedLabel {
  /** The name told by the configuration, false for never; nothing: find it by its aliases. */
  readonly configured: string | false | undefined;
  /** Names in lower case with single spaces, the most telling first. */
  readonly aliases: readonly string[];
  /** What it is called where the repository has none. */
  readonly fallback: string;
  /** Labels that the configuration gives to what is looked for and its like: none is found by alias. */
  readonly taken?: readonly string[];
}

/** The labels that a mapping names. */
export function namesOf(mapping: Readonly<Record<string, string | false | undefined>>): string[] {
  return Object.values(mapping).filter((name) => typeof name === 'string');
}

/** Finds a label among those the repository has: the configured name, else by an alias not taken. */
export function resolveName(
  { configured, aliases, fallback, taken = [] }: WantedLabel,
  repositoryLabels: readonly string[],
): ResolvedLabel {
  if (configured === false) {
    return { kind: 'off' };
  }
  if (configured !== undefined) {
    const existing = repositoryLabels.find((name) => sameName(name, configured));
    return existing === undefined
      ? { kind: 'missing', name: configured }
      : { kind: 'existing', name: existing };
  }
  const isTaken = (name: string) => taken.some((other) => sameName(other, name));
  const [best] = repositoryLabels
    .filter((name) => !isTaken(name))
    .map((name) => ({ name, rank: aliases.indexOf(essence(name)) }))
    .filter(({ rank }) => rank >= 0)
    .sort((a, b) => a.rank - b.rank || a.name.length - b.name.length || (a.name < b.name ? -1 : 1));
  return best === undefined
    ? { kind: isTaken(fallback) ? 'taken' : 'missing', name: fallback }
    : { kind: 'existing', name: best.name };
}

/**
 * Why a label is not put on though it fits; null where it may be. GitHub would make a label that is put
 * on without being there: that is for maintainers to say.
 *
 * @param what it stands for
 */
export function whyAbsent(
  resolved: ResolvedLabel,
  what: string,
  createLabels: boolean,
): Reason | null {
  if (resolved.kind === 'off' || resolved.kind === 'existing') {
    return null;
  }
  const { kind, name } = resolved;
  if (kind === 'taken') {
    const text = `The repository has no label for ${what} but "${name}", which the configuration gives to another type.`;
    return { code: 'no-label', text };
  }
  if (firstCodePoints(name, MAX_LABEL_NAME) !== name) {
    const text = `The repository has no label "${name}", and GitHub takes none of over ${MAX_LABEL_NAME} characters.`;
    return { code: 'no-label', text };
  }
  if (createLabels) {
    return null;
  }
  return {
    code: 'no-label',
    text: `The repository has no label for ${what}; "${name}" would be created only with create_labels: true.`,
  };
}

/** Whether a label is one that is looked for: by its configured name, or by any alias. */
export function isWanted(
  label: string,
  { configured, aliases }: Pick<WantedLabel, 'configured' | 'aliases'>,
): boolean {
  return (
    (typeof configured === 'string' && sameName(configured, label)) ||
    aliases.includes(essence(label))
  );
}

/**
 * The type a label stands for in this repository, or null: configured names first, then aliases.
 * Any alias counts, so that a human's `defect` is seen as a decision for bug.
 */
export function typeOfLabel(label: string, mapping: LabelMapping): IssueType | null {
  const configured = ISSUE_TYPES.find((type) => {
    const name = mapping[type];
    return typeof name === 'string' && sameName(name, label);
  });
  return configured ?? ISSUE_TYPES.find((type) => ALIASES[type].includes(essence(label))) ?? null;
}

/** GitHub's label names are unique whatever their case. */
export function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** `🐛 Type: Bug-Report` → `bug report`: lower case, no emoji, no kind prefix, single spaces. */
function essence(label: string): string {
  return label
    .toLowerCase()
    .replace(/:[a-z0-9_+-]+:/g, '')
    .replace(/[^\p{L}\p{N}&/:=\- _]/gu, '')
    .trim()
    .replace(KIND_PREFIX, '')
    .replace(/[-_ ]+/g, ' ')
    .trim();
}

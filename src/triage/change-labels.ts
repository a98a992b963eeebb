import type { PullRequestConfig } from '../config/pull-request-config.js';
import { CHANGE_SIZES, type ChangeSize } from './change-size.js';
import { CHANGE_TYPES, type ChangeType } from './changed-file.js';
import { isWanted, namesOf, sameName, typeOfLabel, type WantedLabel } from './resolve-labels.js';

/** Names maintainers use for a type of change, the most telling first. */
const TYPE_ALIASES: Readonly<Record<ChangeType, readonly string[]>> = {
  feat: ['feature', 'feat', 'enhancement', 'new feature', 'features', 'improvement'],
  fix: ['fix', 'bugfix', 'bug fix', 'bug', 'bugs', 'fixes', 'defect'],
  docs: ['documentation', 'docs', 'doc', 'documentation update'],
  style: ['style', 'code style', 'formatting', 'styling'],
  refactor: ['refactor', 'refactoring', 'refactors', 'code quality', 'cleanup'],
  perf: ['performance', 'perf', 'optimization', 'performance improvement'],
  test: ['test', 'tests', 'testing'],
  build: ['build', 'build system', 'packaging'],
  ci: ['ci', 'ci/cd', 'continuous integration', 'github actions'],
  chore: ['chore', 'chores', 'maintenance', 'housekeeping', 'internal'],
};

/** What a type is called where the repository has no label for it. */
const TYPE_FALLBACKS: Partial<Record<ChangeType, string>> = {
  feat: 'enhancement',
  fix: 'bug',
  docs: 'documentation',
  perf: 'performance',
};

const BREAKING_ALIASES = [
  'breaking change',
  'breaking changes',
  'breaking',
  'semver: major',
  'semver major',
  'backwards incompatible',
];

const TESTS_ALIASES = ['needs tests', 'needs test', 'tests needed', 'missing tests'];

/** The label for each type of change. */
export function typeLabels(config: PullRequestConfig): Readonly<Record<ChangeType, WantedLabel>> {
  const taken = namesOf(config.types);
  const wanted = (type: ChangeType): WantedLabel => ({
    configured: config.types[type],
    aliases: TYPE_ALIASES[type],
    fallback: TYPE_FALLBACKS[type] ?? type,
    taken,
  });
  return Object.fromEntries(CHANGE_TYPES.map((type) => [type, wanted(type)])) as Record<
    ChangeType,
    WantedLabel
  >;
}

/** The label for each size. */
export function sizeLabels(config: PullRequestConfig): Readonly<Record<ChangeSize, WantedLabel>> {
  const taken = namesOf(config.sizes.labels);
  const wanted = (size: ChangeSize): WantedLabel => {
    const name = size.toLowerCase() as Lowercase<ChangeSize>;
    const aliases = [`size/${name}`, `size: ${name}`, `size:${name}`, `size ${name}`];
    return { configured: config.sizes.labels[name], aliases, fallback: `size/${size}`, taken };
  };
  return Object.fromEntries(CHANGE_SIZES.map((size) => [size, wanted(size)])) as Record<
    ChangeSize,
    WantedLabel
  >;
}

/** The label for breaking changes. */
export function breakingLabel(config: PullRequestConfig): WantedLabel {
  return { configured: config.breaking, aliases: BREAKING_ALIASES, fallback: 'breaking change' };
}

/** The label for changes that lack tests; off unless told. */
export function needsTestsLabel({ needs_tests: wish }: PullRequestConfig): WantedLabel {
  const configured = wish === true ? undefined : wish;
  return { configured, aliases: TESTS_ALIASES, fallback: 'needs-tests' };
}

/**
 * Tells which labels of pull requests are not to be learned from history, because something else
 * decides them: the type, the size, what is breaking or lacks tests, and rules of the configuration.
 */
export function decidedOtherwise(config: PullRequestConfig): (label: string) => boolean {
  const wanted = [
    ...Object.values(typeLabels(config)),
    ...Object.values(sizeLabels(config)),
    breakingLabel(config),
    needsTestsLabel(config),
  ];
  const ruled = Object.keys(config.paths);
  return (label) =>
    typeOfLabel(label, {}) !== null ||
    wanted.some((other) => isWanted(label, other)) ||
    ruled.some((other) => sameName(label, other));
}

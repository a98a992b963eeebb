import { repositoryConfigSchema } from '../../src/config/repository-config.js';
import type { Evidence } from '../../src/triage/decide-issue.js';
import type { LabelEvent } from '../../src/triage/issue.js';
import type { Learned, LearnedLabel } from '../../src/triage/learned.js';
import type { TriagePlan } from '../../src/triage/plan.js';
import { anIssue } from './an-issue.js';

export const AREAS = ['area: api', 'area: ui', 'area: docs'];
export const SURE_OF_BUG = { bug: 0.95, feature: 0.03, question: 0.02 };
export const SURE_OF_FEATURE = { bug: 0.03, feature: 0.95, question: 0.02 };
export const UNSURE = { bug: 0.5, feature: 0.3, question: 0.2 };

type OneLabel = Omit<LearnedLabel, 'likeliest'>;
/** A label that may be put on from 0.8 on, but for the given changes. */
export const label = (
  name: string,
  probability: number,
  more: Partial<OneLabel> = {},
): OneLabel => ({
  name,
  probability,
  threshold: 0.8,
  untried: false,
  switched: false,
  ...more,
});
/** Of labels that exclude each other one is the likeliest, where it is likelier than none. */
export function learned(labels: OneLabel[], exclusive: string[][] = [AREAS]): Learned {
  const best = exclusive.map((group) => {
    const own = labels.filter(({ name }) => group.includes(name));
    const none = 1 - own.reduce((sum, { probability }) => sum + probability, 0);
    return { group, most: Math.max(none, ...own.map(({ probability }) => probability)), own };
  });
  const likeliest = ({ name, probability }: OneLabel) => {
    const found = best.find(({ group }) => group.includes(name));
    if (!found) return probability >= 0.5;
    return found.own.find((other) => other.probability === found.most)?.name === name;
  };
  return {
    version: 3,
    precision: 0.9,
    labels: labels.map((one) => ({ ...one, likeliest: likeliest(one) })),
    exclusive,
  };
}

/** Evidence about an issue of a repository with areas and types, which the encoder is unsure of. */
export function evidence(
  change: Partial<Omit<Evidence, 'config'>> & { config?: object } = {},
): Evidence {
  const { config = {}, ...rest } = change;
  return {
    issue: anIssue(),
    labelHistory: [],
    repositoryLabels: [...AREAS, 'priority: high', 'bug', 'enhancement', 'question', 'defect'],
    scores: UNSURE,
    thresholds: { bug: 0.88, feature: 0.66, question: 0.76 },
    model: 'issue-encoder test',
    ...rest,
    config: repositoryConfigSchema.parse(config),
  };
}
export const byPerson = (name: string, action: LabelEvent['action']): LabelEvent => ({
  label: name,
  action,
  ours: false,
});
export const byUs = (name: string): LabelEvent => ({ label: name, action: 'added', ours: true });
export const codes = ({ reasons }: TriagePlan) => reasons.map(({ code }) => code);

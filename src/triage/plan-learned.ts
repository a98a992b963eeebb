import type { Learned, LearnedLabel, LearnedScores } from './learned.js';
import {
  type LabelChanges,
  type LabelSituation,
  mergeChanges,
  NOTHING,
  planGroup,
  planNamed,
} from './plan-labels.js';
import { sameName } from './resolve-labels.js';

const KEPT_SCORES = 8;

/**
 * Plans labels that a repository's own model proposes: those of exclusive groups as groups, others
 * each on its own. None is created.
 *
 * @param exclusive the members of each group of labels that exclude each other
 */
export function planLearned(
  labels: readonly LearnedLabel[],
  situation: Omit<LabelSituation, 'createLabels'>,
  exclusive: Learned['exclusive'],
): LabelChanges {
  const whole = { ...situation, createLabels: false };
  return mergeChanges(
    labels.map(({ name }) => {
      // Learned while there was such a label: it was deleted since.
      if (!situation.repositoryLabels.some((label) => sameName(label, name))) return gone(name);
      const group = exclusive.find((members) => members.some((member) => sameName(member, name)));
      return group
        ? planGroup(
            {
              name: '',
              members: group.map(exactly),
              wanted: exactly(name),
              clears: false,
            },
            whole,
          )
        : planNamed([name], whole);
    }),
  );
}

/** What a plan keeps of what the repository's own model said. */
export function learnedScores(
  { version, labels }: Learned,
  suggested: readonly string[],
): LearnedScores {
  return {
    version,
    scores: [...labels]
      .sort((a, b) => b.probability - a.probability)
      .slice(0, KEPT_SCORES)
      .map(({ name, probability, threshold }) => ({ name, probability, threshold })),
    suggested,
  };
}

function gone(name: string): LabelChanges {
  const reason = {
    code: 'no-label',
    text: `The repository has no label "${name}" any more.`,
  } as const;
  return { ...NOTHING, reasons: [reason] };
}

function exactly(name: string) {
  return { configured: name, aliases: [], fallback: name };
}

import type { RepositoryConfig } from '../config/repository-config.js';
import type { Learned, LearnedLabel } from './learned.js';
import type { Reason } from './plan.js';
import { typeOfLabel } from './resolve-labels.js';

/** Labels a head would put on or suggest, before people's decisions are looked at. */
export interface Proposals {
  readonly put: readonly LearnedLabel[];
  readonly suggest: readonly LearnedLabel[];
  readonly reasons: readonly Reason[];
}

/** From this probability on a label without a threshold is suggested, where that is wished. */
const LIKELY = 0.5;

/**
 * What a repository's own model proposes: labels that reach their threshold, and of labels that exclude
 * each other the likeliest alone, since thresholds were shown to hold for no other. A label that could
 * not be shown to keep the promised precision, or that people took off too often, is suggested at most.
 */
export function proposeLabels(learned: Learned, config: RepositoryConfig): Proposals {
  const ways = learned.labels
    .filter((label) => !isOff(label.name, config))
    .map((label) => ({ label, way: wayOf(label, config) }));
  const of = (...wanted: readonly (string | null)[]) =>
    ways.filter(({ way }) => wanted.includes(way)).map(({ label }) => label);
  const reasons = of('put', 'suggest').map((label) => reasonFor(label, learned.precision));
  return {
    put: of('put'),
    suggest: of('suggest'),
    reasons: reasons.length > 0 ? reasons : nothingReached(ways.map(({ label }) => label)),
  };
}

/** Whether the configuration says never to give a label of this type. */
function isOff(name: string, { labels }: RepositoryConfig): boolean {
  const type = typeOfLabel(name, labels);
  return type !== null && labels[type] === false;
}

function wayOf(
  { probability, threshold, likeliest, switched }: LearnedLabel,
  { unproven }: RepositoryConfig,
): 'put' | 'suggest' | null {
  if (!likeliest) {
    return null;
  }
  if (threshold === null) {
    return unproven === 'suggest' && probability >= LIKELY ? 'suggest' : null;
  }
  if (probability < threshold) {
    return null;
  }
  return switched ? 'suggest' : 'put';
}

function reasonFor({ name, probability, threshold, switched }: LearnedLabel, precision: number) {
  const score = percent(probability);
  if (threshold === null) {
    return {
      code: 'unproven',
      text: `"${name}" may fit: ${score}; it was not shown to be right ${percent(precision)} of the time.`,
    };
  }
  if (switched) {
    return {
      code: 'switched',
      text: `"${name}" may fit: ${score}; people took it off too often lately, so it is only suggested.`,
    };
  }
  return {
    code: 'learned',
    text: `"${name}" fits: ${score}, and ${percent(threshold)} is enough by this repository's history.`,
  };
}

function nothingReached(labels: readonly LearnedLabel[]): Reason[] {
  const proven = labels.filter(({ threshold }) => threshold !== null);
  const [best] = [...proven].sort((a, b) => b.probability - a.probability);
  if (!best || best.threshold === null) {
    return [];
  }
  const [score, wanted] = [percent(best.probability), percent(best.threshold)];
  const misses =
    best.probability < best.threshold
      ? `below the ${wanted} it takes to act`
      : 'which is enough, but another label of its group, or none of them, is likelier';
  const text = `Of the labels learned here the likeliest is "${best.name}" at ${score}, ${misses}.`;
  return [{ code: 'learned-unsure', text }];
}

/** A probability to show: floored, so that it never reads as the threshold it missed. */
function percent(probability: number): string {
  return `${(Math.floor(probability * 1000 + 1e-6) / 10).toFixed(1)} %`;
}

import { ISSUE_CLASSES } from '../triage/plan.js';
import { typeOfLabel } from '../triage/resolve-labels.js';
import { classesOf, type LabelGroup } from './label-groups.js';
import { softmax } from './softmax.js';

const FLOOR = 1e-6;
/** Widened, so that a label that means something else can be looked for. */
const CLASSES: readonly (string | null)[] = ISSUE_CLASSES;

/** For each class of a group the index of the encoder's class that means the same, or null. */
export function zeroConfigClasses(group: LabelGroup): (number | null)[] {
  const taken = new Set<number>();
  return Array.from({ length: classesOf(group) }, (_, k) => {
    const meaning = typeOfLabel(group.labels[k] ?? '', {});
    const index = CLASSES.indexOf(meaning);
    // Of two labels for one class the more frequent, which stands first, is meant.
    if (index < 0 || taken.has(index)) return null;
    taken.add(index);
    return index;
  });
}

/**
 * What the encoder alone says of a group's classes, as logits; 0, no opinion, for a class it
 * doesn't know.
 *
 * @param temperature the manifest's
 * @param classes see `zeroConfigClasses`
 */
export function zeroConfigLogits(
  encoderLogits: readonly number[],
  temperature: number,
  classes: readonly (number | null)[],
): number[] {
  const chances = softmax(encoderLogits.map((logit) => logit / temperature));
  const knowsAll = !classes.includes(null);
  return classes.map((index) => {
    if (index === null) return 0;
    const chance = Math.max(chances[index] ?? 0, FLOOR);
    return Math.log(knowsAll ? chance : chance / Math.max(1 - chance, FLOOR));
  });
}

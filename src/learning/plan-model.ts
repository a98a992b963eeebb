import type { LabelGroup } from './label-groups.js';
import type { LabelledIssue } from './labelled-issue.js';
import { type Mixtures, mixturesFor } from './mix.js';
import { zeroConfigClasses } from './zero-config.js';

/** What to fit to a history's rows. */
export interface ModelPlan {
  readonly groups: readonly LabelGroup[];
  /** The encoder's temperature, from its manifest. */
  readonly temperature: number;
  /** For each group and class the encoder's class that means the same, or null. */
  readonly zeroConfigClasses: readonly (readonly (number | null)[])[];
  /** For each group the mixtures to choose from. */
  readonly mixtures: readonly Mixtures[];
}

/**
 * Plans a model of the groups of labels that a history shows.
 *
 * @param temperature the encoder's, from its manifest
 */
export function planModel(
  rows: readonly { readonly issue: LabelledIssue }[],
  groups: readonly LabelGroup[],
  temperature: number,
): ModelPlan {
  const classes = groups.map(zeroConfigClasses);
  const ofPulls = rows.some(({ issue }) => issue.paths !== undefined);
  return {
    groups,
    temperature,
    zeroConfigClasses: classes,
    mixtures: classes.map((own) => mixturesFor(own, ofPulls)),
  };
}

import type { LabelEvent } from './issue.js';
import type { Reason } from './plan.js';
import { sameName } from './resolve-labels.js';

/** Labels that exclude each other, or one alone, and what was done about them. */
export interface LabelDeeds {
  readonly isMember: (label: string) => boolean;
  /** Labels it has now. */
  readonly labels: readonly string[];
  /** Oldest first. */
  readonly history: readonly LabelEvent[];
  /** For reasons, `type` or `size`; empty: none is named. */
  readonly group: string;
}

/**
 * What a person decided about these labels, or null: one that a person put on and that is still
 * there, or took off. One that is there without a word in the history counts as a person's.
 */
export function decidedByPerson({ isMember, labels, history, group }: LabelDeeds): Reason | null {
  const latest = latestEvents(history.filter(({ label }) => isMember(label)));
  const put = labels.find((label) => {
    const event = latest.get(label.toLowerCase());
    return isMember(label) && !event?.ours && event?.bot === undefined;
  });
  if (put !== undefined) {
    return {
      code: 'human-added',
      text: `A person put "${put}"${called(group)} on it; that stands.`,
    };
  }
  const taken = [...latest.values()].find(
    ({ action, ours, bot }) => action === 'removed' && !ours && bot === undefined,
  );
  return taken
    ? {
        code: 'human-removed',
        text: `A person took "${taken.label}"${called(group)} off; that stands.`,
      }
    : null;
}

/**
 * Why another bot keeps Sentinel from putting a label on, or null: it took that label off, or has put
 * another of the group there, and the two would put and take in turns. Unlike a person's, a bot's
 * deed decides nothing else.
 */
export function heldByBot(
  wanted: string,
  { isMember, labels, history, group }: LabelDeeds,
): Reason | null {
  if (labels.some((label) => sameName(label, wanted))) return null;
  const latest = latestEvents(history);
  const taken = latest.get(wanted.toLowerCase());
  if (taken?.bot !== undefined && taken.action === 'removed') {
    const text = `The bot ${taken.bot} took "${taken.label}" off; it is not put back.`;
    return { code: 'bot-removed', text };
  }
  const put = labels.find(
    (label) => isMember(label) && latest.get(label.toLowerCase())?.bot !== undefined,
  );
  if (put === undefined) return null;
  const text = `The bot ${latest.get(put.toLowerCase())?.bot} put "${put}"${called(group)} on it; none is put beside it.`;
  return { code: 'bot-added', text };
}

/** Whether Sentinel itself put on a label that is there now. */
export function isOwn(label: string, history: readonly LabelEvent[]): boolean {
  return latestEvents(history).get(label.toLowerCase())?.ours === true;
}

/**
 * Whether Sentinel put on a label that is there now in a try that broke off before its decision was
 * recorded. To decide on it again changes nothing on GitHub, and records what was done.
 */
export function isUnrecorded(label: string, history: readonly LabelEvent[]): boolean {
  return latestEvents(history).get(label.toLowerCase())?.unrecorded === true;
}

/** The last event of each label, by its name in lower case. */
function latestEvents(history: readonly LabelEvent[]): Map<string, LabelEvent> {
  return new Map(history.map((event) => [event.label.toLowerCase(), event]));
}

function called(group: string): string {
  return group === '' ? '' : `, a ${group} label,`;
}

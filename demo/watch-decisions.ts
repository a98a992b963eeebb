import { setTimeout as wait } from 'node:timers/promises';
import { type Decision, readDecisions } from './read-decisions.js';
import type { SentDelivery } from './relay-webhooks.js';

const POLL_MS = 100;
/** Decisions a poll reads: many more than can be made between two polls. */
const PAGE = 100;

/** A decision and the webhook that led to it. */
export interface Watched {
  readonly delivery: SentDelivery;
  readonly decision: Decision;
}

export interface Watcher {
  /**
   * Resolves once the app has decided on the opening of an issue, with null when it takes longer
   * than `patienceMs`.
   */
  decisionOn(repository: string, issue: number, patienceMs: number): Promise<Watched | null>;
  stop(): Promise<void>;
}

/** Polls the app for decisions, and finds each by the delivery that the issue's opening sent. */
export function watchDecisions(
  appUrl: string,
  deliveries: readonly SentDelivery[],
  onFailure: (error: unknown) => void,
): Watcher {
  const decisions = new Map<string, Decision>();
  const openings = new Map<string, SentDelivery>();
  let seen = 0;
  let stopped = false;

  async function poll(): Promise<void> {
    while (!stopped) {
      for (const decision of await readDecisions(appUrl, PAGE)) {
        decisions.set(decision.deliveryId, decision);
      }
      await wait(POLL_MS);
    }
  }

  function openingOf(repository: string, issue: number): SentDelivery | undefined {
    for (; seen < deliveries.length; seen += 1) {
      const delivery = deliveries[seen];
      if (delivery?.event === 'issues' && delivery.action === 'opened') {
        openings.set(`${delivery.repository}#${delivery.issue}`, delivery);
      }
    }
    return openings.get(`${repository}#${issue}`);
  }

  const polling = poll().catch((error: unknown) => {
    if (!stopped) onFailure(error);
    stopped = true;
  });
  return {
    async decisionOn(repository, issue, patienceMs) {
      const until = Date.now() + patienceMs;
      while (!stopped && Date.now() < until) {
        const delivery = openingOf(repository, issue);
        const decision = delivery && decisions.get(delivery.id);
        if (delivery && decision) return { delivery, decision };
        await wait(POLL_MS / 4);
      }
      return null;
    },
    async stop() {
      stopped = true;
      await polling;
    },
  };
}

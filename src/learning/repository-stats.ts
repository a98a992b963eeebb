import type { LabelCount } from '../store/label-feedback.js';
import type { LabelSwitchRecord } from '../store/label-switches.js';
import type { Store } from '../store/open-store.js';
import type { HeadSubject } from '../store/schema.js';
import { type Head, type HeadLabel, headSchema } from './head.js';
import { LIVE_DAYS, livePrecision } from './live-precision.js';

/** What is done with a label. */
export type LabelUse =
  /** Put on from its threshold on. */
  | 'put'
  /** Suggested since people took it off too often. */
  | 'switched'
  /** It could not be shown to keep the promise. */
  | 'unproven'
  /** Not learned from this repository: one of the model's own classes. */
  | 'zero-config';

/** A label's past beside its present. Shares are in [0, 1], null where there is nothing to go by. */
export interface LabelStats {
  readonly label: string;
  readonly use: LabelUse;
  /** Why it is not put on, for people. */
  readonly because: string | null;
  readonly examples: number | null;
  readonly threshold: number | null;
  readonly backtest: {
    readonly support: number;
    readonly precision: number | null;
    readonly precisionLowerBound: number | null;
    readonly coverage: number;
  } | null;
  /** The last 30 days: how often it was put on, and not taken off. */
  readonly live: LabelCount & { readonly precision: number | null };
}

/** What was learned from a repository's issues, or from its pull requests. */
export interface LearnedStats {
  /** Null when there is nothing in use. */
  readonly head: {
    readonly version: number;
    readonly learnedAt: string;
    readonly promise: number;
    readonly learnedFrom: number;
    readonly encoder: string;
  } | null;
  readonly labels: readonly LabelStats[];
  readonly leftOut: Head['leftOut'];
}

/** What is known of a repository's labels: of its issues, and under `pulls` of its pull requests. */
export interface RepositoryStats extends LearnedStats {
  readonly repository: string;
  readonly issues: number;
  /** ISO 8601; null while the history is being read. */
  readonly historyReadAt: string | null;
  readonly learnedAt: string | null;
  /** What came of the last learning, for people. */
  readonly result: string | null;
  readonly pulls: LearnedStats & {
    /** Pull requests with a label in the history. */
    readonly labelled: number;
    /** What came of the last learning from them, for people. */
    readonly result: string | null;
  };
}

export type StatsStore = Pick<
  Store,
  'heads' | 'histories' | 'historyIssues' | 'historyPulls' | 'labelFeedback' | 'labelSwitches'
>;

const DAY_MS = 86_400_000;

/** Everything about a repository's labels, learned and live; null when it is not known. */
export async function repositoryStats(
  store: StatsStore,
  repository: string,
  now = Date.now(),
): Promise<RepositoryStats | null> {
  const [history, learned, pulls, issues, labelled] = await Promise.all([
    store.histories.find(repository),
    learnedStats(store, repository, 'issues', now),
    learnedStats(store, repository, 'pulls', now),
    store.historyIssues.count(repository),
    store.historyPulls.countLabelled(repository),
  ]);
  if (!history && !isKnown(learned) && !isKnown(pulls)) return null;
  return {
    repository,
    issues,
    historyReadAt: iso(history?.finished_at),
    learnedAt: iso(history?.learned_at),
    result: history?.result ?? null,
    ...learned,
    pulls: { labelled, result: history?.pulls_result ?? null, ...pulls },
  };
}

function isKnown({ head, labels }: LearnedStats): boolean {
  return head !== null || labels.length > 0;
}

async function learnedStats(
  store: Pick<StatsStore, 'heads' | 'labelFeedback' | 'labelSwitches'>,
  repository: string,
  subject: HeadSubject,
  now: number,
): Promise<LearnedStats> {
  const [row, live, switches] = await Promise.all([
    store.heads.inUse(repository, subject),
    store.labelFeedback.counts(repository, now - LIVE_DAYS * DAY_MS, { subject }),
    store.labelSwitches.list(repository),
  ]);
  const head = row && headSchema.safeParse(JSON.parse(row.head)).data;
  const own = switches.filter(({ head_version: version }) => version === row?.version);
  return {
    head:
      row && head
        ? {
            version: row.version,
            learnedAt: new Date(row.learned_at).toISOString(),
            promise: head.precision,
            learnedFrom: head.issues.learned,
            encoder: `${head.encoder.name} ${head.encoder.version}`,
          }
        : null,
    labels: labelStats(head?.labels ?? [], live, own),
    leftOut: head?.leftOut ?? [],
  };
}

function labelStats(
  learned: readonly HeadLabel[],
  live: ReadonlyMap<string, LabelCount>,
  switches: readonly LabelSwitchRecord[],
): LabelStats[] {
  const others = [...live.keys()].filter((name) => !learned.some((label) => label.name === name));
  return [
    ...learned.map((label) => {
      const change = switches.find((one) => one.label === label.name);
      return {
        label: label.name,
        use: useOf(label, change),
        because: change
          ? `Of ${change.put} put on, people let ${change.kept} be: below the promised ${Math.round(change.promise * 1000) / 10} %.`
          : label.offBecause,
        examples: label.examples,
        threshold: label.threshold,
        backtest: label.backtest && {
          support: label.backtest.support,
          precision: label.backtest.precision,
          precisionLowerBound: label.backtest.precisionLowerBound,
          coverage: label.backtest.coverage,
        },
        live: liveOf(live.get(label.name)),
      };
    }),
    ...others.sort().map((name) => ({
      label: name,
      use: 'zero-config' as const,
      because: null,
      examples: null,
      threshold: null,
      backtest: null,
      live: liveOf(live.get(name)),
    })),
  ];
}

function useOf({ threshold }: HeadLabel, change: LabelSwitchRecord | undefined): LabelUse {
  if (threshold === null) return 'unproven';
  return change ? 'switched' : 'put';
}

function liveOf(count: LabelCount = { put: 0, kept: 0 }): LabelStats['live'] {
  return { ...count, precision: livePrecision(count) };
}

function iso(time: number | null | undefined): string | null {
  return time === null || time === undefined ? null : new Date(time).toISOString();
}

import type { CommandFactory } from './command.js';

/** What the help of all shows of a command, and how its file is loaded. */
export interface CommandEntry {
  /** Null: it stands at the top. */
  readonly group: keyof typeof GROUPS | null;
  readonly name: string;
  readonly description: string;
  /** Called only when the command is named, so that no command waits for another's packages. */
  readonly load: () => Promise<CommandFactory>;
}

/** Every command: the only list. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    group: null,
    name: 'classify',
    description: 'say whether an issue is a bug, a feature request or a question',
    load: async () => (await import('./classify.js')).classifyCommand,
  },
  {
    group: null,
    name: 'classify-diff',
    description: 'say of what type a change is: feat, fix, docs and so on',
    load: async () => (await import('./classify-diff.js')).classifyDiffCommand,
  },
  {
    group: null,
    name: 'commit-type',
    description: 'suggest the Conventional-Commit type of what is staged',
    load: async () => (await import('./commit-type.js')).commitTypeCommand,
  },
  {
    group: 'config',
    name: 'check',
    description: 'check a sentinel.yml and show what it comes to',
    load: async () => (await import('./config-check.js')).configCheckCommand,
  },
  {
    group: 'queue',
    name: 'list',
    description: 'list unfinished deliveries, oldest first',
    load: async () => (await import('./queue-list.js')).queueListCommand,
  },
  {
    group: 'queue',
    name: 'retry',
    description: 'make dead or delayed deliveries ready again, with fresh attempts',
    load: async () => (await import('./queue-retry.js')).queueRetryCommand,
  },
  {
    group: 'queue',
    name: 'drop',
    description: 'give deliveries up for good; a redelivery of one is ignored',
    load: async () => (await import('./queue-drop.js')).queueDropCommand,
  },
  {
    group: null,
    name: 'learn',
    description: "learn a repository's own labels from its history",
    load: async () => (await import('./learn.js')).learnCommand,
  },
  {
    group: null,
    name: 'backtest',
    description: 'learn from the past, predict the next issues, and show how that went',
    load: async () => (await import('./backtest.js')).backtestCommand,
  },
  {
    group: null,
    name: 'stats',
    description: "a repository's labels: precision in the backtest and in the last 30 days",
    load: async () => (await import('./stats.js')).statsCommand,
  },
  {
    group: null,
    name: 'doctor',
    description: 'check this installation: Node, model, settings, database, GitHub',
    load: async () => (await import('./doctor.js')).doctorCommand,
  },
];

export const GROUPS = {
  config: 'repository configuration',
  queue: 'deliveries that wait, run or died',
} as const;

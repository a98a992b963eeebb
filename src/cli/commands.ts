import { backtestCommand } from './backtest.js';
import { classifyCommand } from './classify.js';
import { classifyDiffCommand } from './classify-diff.js';
import type { CommandFactory } from './command.js';
import { commitTypeCommand } from './commit-type.js';
import { configCheckCommand } from './config-check.js';
import { doctorCommand } from './doctor.js';
import { learnCommand } from './learn.js';
import { queueDropCommand } from './queue-drop.js';
import { queueListCommand } from './queue-list.js';
import { queueRetryCommand } from './queue-retry.js';
import { statsCommand } from './stats.js';

/** Every command: the only list. One without a group stands at the top. */
export const COMMANDS: readonly {
  readonly group: keyof typeof GROUPS | null;
  readonly create: CommandFactory;
}[] = [
  { group: null, create: classifyCommand },
  { group: null, create: classifyDiffCommand },
  { group: null, create: commitTypeCommand },
  { group: 'config', create: configCheckCommand },
  { group: 'queue', create: queueListCommand },
  { group: 'queue', create: queueRetryCommand },
  { group: 'queue', create: queueDropCommand },
  { group: null, create: learnCommand },
  { group: null, create: backtestCommand },
  { group: null, create: statsCommand },
  { group: null, create: doctorCommand },
];

export const GROUPS = {
  config: 'repository configuration',
  queue: 'deliveries that wait, run or died',
} as const;

import type { Example } from '../../src/learning/labelled-issue.js';
import { learnBuilt } from './learn-built.js';

export interface LearningFigures {
  readonly name: string;
  readonly issues: number;
  readonly labels: number;
  readonly seconds: number;
  /** Of all threads; tells a slow program from a busy machine. */
  readonly cpuSeconds: number;
  /** Most memory the process had resident until then, with all its threads, in 10^6 bytes. */
  readonly peakMB: number;
}

/** Learns a head as the App does; how many labels it has. */
export async function learnLabels(examples: readonly Example[]): Promise<number> {
  const encoder = { name: 'bench', version: '1', temperature: 1 };
  return (await learnBuilt(examples, encoder, 0.9)).labels.length;
}

/** Begins to measure; call what it returns at the end. */
export function startMeasuring(): () => Pick<LearningFigures, 'seconds' | 'cpuSeconds' | 'peakMB'> {
  const start = performance.now();
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return {
      seconds: (performance.now() - start) / 1000,
      cpuSeconds: (user + system) / 1e6,
      peakMB: (process.resourceUsage().maxRSS * 1024) / 1e6,
    };
  };
}

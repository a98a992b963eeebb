import type { Octokit } from '@octokit/rest';
import { addLabels, openIssue } from './github-emulator.js';

/** Made-up complaints of two parts of a made-up program. */
const PARTS = {
  'area: printing': {
    things: ['printer', 'page margin', 'paper tray', 'print preview', 'duplex option', 'ink level'],
    happens: ['prints blank pages', 'cuts off the page', 'prints twice', 'ignores the paper size'],
  },
  'area: network': {
    things: ['proxy', 'socket', 'TLS handshake', 'DNS lookup', 'download', 'connection pool'],
    happens: ['times out', 'is refused by the host', 'drops packets', 'hangs behind a firewall'],
  },
} as const;

export type Area = keyof typeof PARTS;
export const AREAS = Object.keys(PARTS) as Area[];

/** The n-th complaint about a part; no two of the first two hundred read alike. */
export function complaint(area: Area, n: number): { title: string; body: string } {
  const { things, happens } = PARTS[area];
  const thing = things[n % things.length];
  const what = happens[Math.floor(n / things.length) % happens.length];
  const other = things[(n * 5 + 2) % things.length];
  return {
    title: `The ${thing} ${what} (case ${n})`,
    body: `Since version ${1 + (n % 3)}.${n} the ${thing} ${what} when I change the ${other}. My machine number is ${n * 37}.`,
  };
}

/** Has reporters open issues about both parts in turn, and a maintainer label each; how many. */
export async function writeHistory(
  repository: string,
  count: number,
  { reporter, maintainer }: { readonly reporter: Octokit; readonly maintainer: Octokit },
): Promise<void> {
  for (let n = 0; n < count; n++) {
    const area = AREAS[n % AREAS.length] ?? 'area: network';
    const { number } = await openIssue(reporter, repository, complaint(area, n));
    await addLabels(maintainer, repository, number, [area]);
  }
}

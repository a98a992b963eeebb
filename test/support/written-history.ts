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

const OPENINGS = [
  'Since the last update',
  'On my second machine',
  'Every morning',
  'Now and then',
  'After a restart',
];
const MOMENTS = [
  'while a colleague is working in another window',
  'as soon as I choose the default profile again',
  'when the laptop wakes up from its sleep',
  'although nothing was changed in the settings',
  'once the evening backup has begun to run',
  'if more than three documents are open at once',
  'right after somebody else has signed in remotely',
];
const ENDINGS = [
  'I would expect a message that tells me what to do.',
  'Starting the program anew helps for an hour or so.',
  'The log has not a single line about it anywhere.',
  'It was fine in the version of last spring, as far as I remember.',
  'Nobody in our office has found a way around this yet.',
  'Please let me know which further details are useful.',
  'The same happens for a friend of mine abroad.',
  'I have attached nothing, for there is nothing to see.',
  'Turning every option off and on makes no difference.',
  'Two of us saw it on the same day in different rooms.',
  'We can live with it, but it is a nuisance.',
];

/** The n-th complaint about a part; of the first thousand no two read much alike. */
export function complaint(area: Area, n: number): { title: string; body: string } {
  const { things, happens } = PARTS[area];
  const pick = <T>(list: readonly T[], step: number): T =>
    list[(n * step + (n >> 3)) % list.length] as T;
  const thing = pick(things, 1);
  const what = pick(happens, 3);
  return {
    title: `The ${thing} ${what}`,
    body: `${pick(OPENINGS, 2)} the ${thing} ${what} ${pick(MOMENTS, 3)}. ${pick(ENDINGS, 5)} Could it be the ${pick(things, 5)}? ${pick(ENDINGS, 4)}`,
  };
}

/** Has reporters open issues about both parts in turn, and a maintainer label each. */
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

import type { ListedFile } from './pull-requests.js';
import { AREAS, complaint } from './written-history.js';

/** Made-up parts of a made-up repository, and the folders their files lie in. */
const PARTS = {
  'area: docs': { folders: ['docs', 'docs/guide', 'docs/how-to'], ending: 'md' },
  'area: api': { folders: ['src/api', 'src/api/routes', 'src/api/schemas'], ending: 'ts' },
} as const;

export type PullArea = keyof typeof PARTS;
export const PULL_AREAS = Object.keys(PARTS) as PullArea[];

/** The n-th pull request about a part: only its paths tell which. */
export function change(area: PullArea, n: number): { title: string; files: ListedFile[] } {
  const { folders, ending } = PARTS[area];
  const { title, body } = complaint(AREAS[(n >> 1) % AREAS.length] ?? 'area: network', n);
  const words = body.match(/[a-z]{4,}/g) ?? [];
  const files = [1, 2].map((nth) => ({
    filename: `${folders[(n + nth) % folders.length]}/${words[(n * nth) % words.length]}.${ending}`,
    additions: 2,
    patch: `@@ -1 +1,3 @@\n+${words.slice(0, 4).join(' ')}\n+${words.slice(4, 8).join(' ')}\n`,
  }));
  return { title: `${title}, ${words.slice(2, 6).join(' ')}`, files };
}

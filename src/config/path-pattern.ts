import { Minimatch } from 'minimatch';

const MAX_PATTERN = 500;
const SPECIAL = /[*?[\\]/;

/**
 * Whether a pattern of a `.gitattributes` matches a path. Without a slash it matches the name in every
 * folder; with one, the path from the top. One that ends in a slash, or is longer than 500 characters,
 * matches no file.
 *
 * What must stand at either end is compared first, for a repository may have thousands of patterns.
 */
export function pathPattern(pattern: string): (path: string) => boolean {
  if (pattern.length > MAX_PATTERN || pattern.endsWith('/')) return () => false;
  const anchored = pattern.includes('/');
  const text = pattern.replace(/^\//, '');
  const nameOf = (path: string) => (anchored ? path : path.slice(path.lastIndexOf('/') + 1));
  const special = text.search(SPECIAL);
  if (special < 0) return (path) => nameOf(path) === text;
  const start = text.slice(0, special);
  // Behind the last special character and what it may take with it.
  const end = text.includes('[') || text.includes('\\') ? '' : (/[^*?]*$/.exec(text)?.[0] ?? '');
  let matcher: Minimatch | null = null;
  return (path) => {
    const name = nameOf(path);
    if (!name.startsWith(start) || !name.endsWith(end.replace(/^\//, ''))) return false;
    matcher ??= new Minimatch(text, {
      dot: true,
      nobrace: true,
      noext: true,
      nonegate: true,
      nocomment: true,
    });
    return matcher.match(name);
  };
}

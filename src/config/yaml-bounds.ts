import { type CST, isAlias, isCollection, isPair, type Node } from 'yaml';

/** How much a YAML file may hold. */
export interface YamlBounds {
  readonly characters: number;
  /** Uses of one anchor, those inside of other anchors multiplied. */
  readonly aliases: number;
  /** Whether `<<: *anchor` copies the anchor's keys, as YAML 1.1 has it. */
  readonly merge: boolean;
}

/** Files people write nest less. The composer recurses, and a full stack can end the process. */
const MOST_NESTED = 100;
/** Keys, items and values together, aliases written out. */
const MOST_VALUES = 200_000;
const MOST_ALIASES = 2000;

type Token = CST.Token | null | undefined;

/** Whether collections stand inside of each other more than 100 deep. */
export function nestsTooDeep(tokens: readonly Token[]): boolean {
  let level = tokens;
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MOST_NESTED) return true;
    level = level.flatMap(inside);
  }
  return false;
}

function inside(token: Token): Token[] {
  if (token?.type === 'document') return [token.value];
  return token && 'items' in token ? token.items.flatMap(({ key, value }) => [key, value]) : [];
}

/**
 * Whether a document with its aliases and merged keys written out has more than 200,000 values, or
 * more than 2,000 aliases. Takes time with the document's own length alone.
 */
export function expandsTooFar(root: Node | null): boolean {
  const sizes = new Map<string, number>();
  let aliases = 0;
  const sizeOf = (node: unknown): number => {
    if (isAlias(node)) {
      aliases += 1;
      return sizes.get(node.source) ?? 1;
    }
    const anchor = (node as { readonly anchor?: string } | null)?.anchor;
    // What holds an alias of itself would never end.
    if (anchor !== undefined) sizes.set(anchor, Number.POSITIVE_INFINITY);
    const parts = isPair(node) ? [node.key, node.value] : isCollection(node) ? node.items : [];
    const size = parts.reduce<number>((sum, part) => sum + sizeOf(part), 1);
    if (anchor !== undefined) sizes.set(anchor, size);
    return size;
  };
  return sizeOf(root) > MOST_VALUES || aliases > MOST_ALIASES;
}

import { isCollection, isPair, isScalar, type Node } from 'yaml';

/**
 * The keys that stand in their mapping a second time, wherever in the document, from top to bottom.
 * Takes time with the document's length; the composer's own check takes the square of a mapping's.
 */
export function repeatedKeys(root: Node | null): Node[] {
  const found: Node[] = [];
  const visit = (node: unknown): void => {
    const seen = new Set<unknown>();
    for (const item of isCollection(node) ? (node.items as unknown[]) : []) {
      if (!isPair(item)) {
        visit(item);
        continue;
      }
      const key = item.key as Node;
      const value = isScalar(key) ? key.value : key;
      if (seen.has(value)) found.push(key);
      seen.add(value);
      visit(key);
      visit(item.value);
    }
  };
  visit(root);
  return found;
}

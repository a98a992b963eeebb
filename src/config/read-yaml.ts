import { Composer, isMap, isScalar, LineCounter, type Node, Parser } from 'yaml';
import { repeatedKeys } from './repeated-keys.js';
import { expandsTooFar, nestsTooDeep, type YamlBounds } from './yaml-bounds.js';

/** Why a text is not taken, and on which line, from 1, where that can be said. */
export interface YamlProblem {
  readonly line: number | null;
  readonly message: string;
}

/** A document as plain values, with the line from 1 on which what a path leads to stands. */
export interface ReadYaml {
  readonly plain: unknown;
  readonly lineOf: (path: readonly PropertyKey[]) => number | null;
}

/**
 * Reads a text of one YAML document within bounds. Takes any text: all that is wrong with it as YAML
 * is told together.
 */
export function readYaml(
  text: string,
  bounds: YamlBounds,
): ReadYaml | { readonly problems: readonly YamlProblem[] } {
  const refused = (message: string) => ({ problems: [{ line: null, message }] });
  if (text.length > bounds.characters) {
    return refused(`is longer than ${bounds.characters} characters`);
  }
  const lines = new LineCounter();
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  if (nestsTooDeep(tokens)) {
    return refused('is nested too deep');
  }
  // Warnings would go to standard error, with words of the file in them.
  const options = { uniqueKeys: false, merge: bounds.merge, logLevel: 'error' } as const;
  const [document, second] = new Composer(options).compose(tokens, true, text.length);
  const errors = [
    ...(document?.errors ?? []).map(({ pos, message }) => ({ at: pos[0], message })),
    ...repeatedKeys(document?.contents ?? null).map(({ range }) => ({
      at: range?.[0] ?? 0,
      message: 'Map keys must be unique',
    })),
  ];
  if (errors.length > 0) {
    const problems = errors
      .toSorted((a, b) => a.at - b.at)
      .map(({ at, message }) => ({
        line: lines.linePos(at).line,
        message: `is not YAML: ${message.split('\n')[0]}`,
      }));
    return { problems };
  }
  if (document === undefined || second !== undefined) {
    const line = second === undefined ? null : lines.linePos(second.range[0]).line;
    return { problems: [{ line, message: 'is not YAML: it holds several documents' }] };
  }
  try {
    if (expandsTooFar(document.contents)) {
      return refused('has too many values or aliases');
    }
    // Aliases can expand exponentially; the library refuses past its limit by throwing.
    const plain: unknown = document.toJS({ maxAliasCount: bounds.aliases });
    const lineOf = (path: readonly PropertyKey[]): number | null => {
      const node = nodeAt(document.contents, path);
      return node?.range ? lines.linePos(node.range[0]).line : null;
    };
    return { plain, lineOf };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return refused(`has YAML aliases that cannot be used: ${why}`);
  }
}

/** The node a path leads to; a key's own node where the path ends in a mapping. */
function nodeAt(root: Node | null, path: readonly PropertyKey[]): Node | null {
  let node: Node | null = root;
  let last: Node | null = root;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(
        ({ key }) => isScalar(key) && String(key.value) === String(step),
      );
      last = (pair?.key as Node | undefined) ?? last;
      node = (pair?.value as Node | undefined) ?? null;
    } else if (node && 'items' in node && typeof step === 'number') {
      node = (node.items[step] as Node | undefined) ?? null;
      last = node ?? last;
    }
  }
  return last;
}

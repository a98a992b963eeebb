/**
 * A parsed value with the keys of its objects in the order of the text they were parsed from, those
 * that the text leaves out behind them. Zod puts them into the order of its schema, but of one entry
 * of rules that order says what joins what.
 */
export function inOrderOf<T>(text: unknown, parsed: T): T {
  return ordered(text, parsed) as T;
}

function ordered(text: unknown, parsed: unknown): unknown {
  if (Array.isArray(parsed)) {
    return Array.isArray(text) ? parsed.map((item, index) => ordered(text[index], item)) : parsed;
  }
  if (!isMapping(parsed) || !isMapping(text)) {
    return parsed;
  }
  const keys = new Set([...Object.keys(text), ...Object.keys(parsed)]);
  const kept = [...keys].filter((key) => Object.hasOwn(parsed, key));
  return Object.fromEntries(kept.map((key) => [key, ordered(text[key], parsed[key])]));
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

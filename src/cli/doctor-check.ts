/** One finding of `sentinel doctor`. */
export interface Check {
  readonly name: string;
  readonly status: 'ok' | 'warn' | 'fail';
  /** What was found. */
  readonly text: string;
  /** What to do about it; null where there is nothing to do. */
  readonly advice: string | null;
}

export const ok = (name: string, text: string): Check => ({
  name,
  status: 'ok',
  text,
  advice: null,
});
export const warn = (name: string, text: string, advice: string): Check => ({
  name,
  status: 'warn',
  text,
  advice,
});
export const fail = (name: string, text: string, advice: string): Check => ({
  name,
  status: 'fail',
  text,
  advice,
});

/** An error's first line: later ones may quote what should not be shown. */
export function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n')[0] ?? '';
}

/** A diff from its lines. */
export const diff = (...lines: string[]) => `${lines.join('\n')}\n`;

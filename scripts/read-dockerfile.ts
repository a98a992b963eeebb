/** An instruction of a Dockerfile, its continued lines joined. */
export interface Instruction {
  /** 1-based; where it begins. */
  readonly line: number;
  /** As written, e.g. `FROM`. */
  readonly keyword: string;
  /** What follows the keyword. */
  readonly text: string;
}

/** One `FROM` and what follows it. */
export interface Stage {
  readonly line: number;
  /** What it starts from: an image, or an earlier stage's name. */
  readonly from: string;
  /** The name after `AS`, in lower case; null without one. */
  readonly name: string | null;
  readonly instructions: readonly Instruction[];
}

/**
 * Takes a Dockerfile apart. Knows comments and continued lines, not heredocs or another escape
 * character than the backslash; those would show up as unknown instructions.
 */
export function readDockerfile(text: string): Instruction[] {
  const instructions: Instruction[] = [];
  let parts: string[] = [];
  let start = 0;
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim();
    // Comments and empty lines may stand between continued lines.
    if (line === '' || line.startsWith('#')) continue;
    if (parts.length === 0) start = index + 1;
    parts.push(line.replace(/\s*\\$/, ''));
    if (line.endsWith('\\')) continue;
    instructions.push(instructionOf(start, parts.join(' ')));
    parts = [];
  }
  if (parts.length > 0) instructions.push(instructionOf(start, parts.join(' ')));
  return instructions;
}

function instructionOf(line: number, text: string): Instruction {
  const [, keyword = '', rest = ''] = /^(\S+)\s*(.*)$/s.exec(text) ?? [];
  return { line, keyword, text: rest };
}

/** The stages of a Dockerfile; what stands before the first `FROM` belongs to none. */
export function stagesOf(instructions: readonly Instruction[]): Stage[] {
  const starts = instructions.flatMap(({ keyword }, index) => (keyword === 'FROM' ? [index] : []));
  return starts.map((start, index) => {
    const { line = 0, text = '' } = instructions[start] ?? {};
    const words = text.split(/\s+/).filter((word) => !word.startsWith('--'));
    const named = words[1]?.toLowerCase() === 'as' ? words[2]?.toLowerCase() : undefined;
    return {
      line,
      from: words[0] ?? '',
      name: named ?? null,
      instructions: instructions.slice(start + 1, starts[index + 1]),
    };
  });
}

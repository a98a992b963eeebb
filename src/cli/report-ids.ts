import { EXIT, type ExitCode, type Io } from './command.js';
import { printable, writeJson, writeLine } from './write-line.js';

/** Says for each id whether it was found and changed; bad if one was not. */
export async function reportIds(
  io: Io,
  report: {
    readonly results: ReadonlyMap<string, boolean>;
    /** What became of those found, e.g. `dropped`. */
    readonly done: string;
    readonly json?: boolean | undefined;
  },
): Promise<ExitCode> {
  const entries = [...report.results];
  if (report.json) {
    await writeJson(
      io.stdout,
      entries.map(([id, ok]) => ({ id, ok })),
    );
  } else {
    for (const [id, ok] of entries) {
      await writeLine(io.stdout, `${printable(id)}  ${ok ? report.done : 'no such delivery'}`);
    }
    if (entries.length === 0) await writeLine(io.stdout, 'No deliveries.');
  }
  return entries.every(([, ok]) => ok) ? EXIT.ok : EXIT.bad;
}

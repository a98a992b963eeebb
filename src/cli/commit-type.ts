import { Command } from 'commander';
import { CHANGE_ENCODER } from '../models/model-kind.js';
import { startModel } from '../models/start-encoder.js';
import { assessChange, type ChangeAssessment } from '../triage/assess-change.js';
import { DEFAULT_SIZE_THRESHOLDS } from '../triage/change-size.js';
import { parseDiff } from '../triage/parse-diff.js';
import { roundTypeScores, scoreFiles } from './classify-change.js';
import { type CommandFactory, EXIT, type ExitCode, type Io } from './command.js';
import { type CommitMessage, isGitTitle, parseCommitMessage } from './commit-message.js';
import { readText } from './input.js';
import { stagedDiff } from './staged-diff.js';
import { printable, writeJson, writeLine } from './write-line.js';

const HELP = `
As a hook, in .git/hooks/commit-msg:
  #!/bin/sh
  if command -v sentinel >/dev/null; then
    sentinel commit-type "$1" || true
  else
    echo 'sentinel is not on the PATH: run "npm link" in its folder' >&2
  fi

It never changes the message and never stops a commit.`;

interface Options {
  readonly json?: boolean;
  readonly model?: string;
}

/** `sentinel commit-type [MESSAGE_FILE]` */
export const commitTypeCommand: CommandFactory = (io, done) =>
  new Command()
    .argument('[message-file]', 'the commit message, as git hands it to a commit-msg hook')
    .option('--json', 'print JSON')
    .option('--model <folder>', 'model folder with manifest.json')
    .addHelpText('after', HELP)
    .action(async (file: string | undefined, options: Options) => {
      const message = file === undefined ? { title: '', body: '' } : await readMessage(file);
      done(await suggestType(message, io, options));
    });

/** Where there is nothing to say about a commit; without `--json` a hook prints nothing for it. */
async function sayNothing(reason: string, io: Io, { json }: Options): Promise<ExitCode> {
  if (json) await writeJson(io.stdout, { type: null, reason });
  return EXIT.ok;
}

async function readMessage(file: string): Promise<CommitMessage> {
  return parseCommitMessage(await readText(file));
}

async function suggestType(
  { title, body }: CommitMessage,
  io: Io,
  options: Options,
): Promise<ExitCode> {
  const { json, model } = options;
  if (isGitTitle(title)) return sayNothing('Git wrote the title.', io, options);
  const files = parseDiff(await stagedDiff(io.inherited));
  if (files.length === 0) {
    if (!json) io.stderr.write('Nothing is staged.\n');
    return sayNothing('Nothing is staged.', io, options);
  }
  const encoder = await startModel(
    CHANGE_ENCODER,
    model === undefined ? {} : { modelDirectory: model },
  );
  try {
    const { scores, ms } = await scoreFiles(encoder, { title, files });
    const rest = { sizes: DEFAULT_SIZE_THRESHOLDS, conventional: true, hasTests: false };
    const { thresholds } = encoder.manifest;
    const assessment = assessChange({ title, body, files, scores, thresholds, ...rest });
    if (json) {
      const { type, modelType, suggestedTitle } = assessment;
      const found = { type, modelType, suggestedTitle, scores: roundTypeScores(scores), ms };
      await writeJson(io.stdout, found);
    } else {
      await writeLine(io.stdout, describeSuggestion(assessment, title));
    }
    return EXIT.ok;
  } finally {
    await encoder.close();
  }
}

/** A line for whoever writes the commit; a type alone where there is no message yet. */
function describeSuggestion(assessment: ChangeAssessment, title: string): string {
  const { type, suggestedTitle, reasons } = assessment;
  if (title === '' && type !== null) return type;
  const why = reasons[0]?.text ?? '';
  return suggestedTitle === null ? why : `${why}\nSuggested: ${printable(suggestedTitle)}`;
}

import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { readAnyManifest, verifyModelFiles } from '../src/models/manifest.js';
import { CHANGE_PREPARATION_VERSION } from '../src/triage/prepare-change.js';
import { PREPARATION_VERSION } from '../src/triage/prepare-issue.js';
import { type CheckResult, isStarted, REPOSITORY, runCheck } from './run-check.js';

/** GitHub warns from here on and refuses files over 100 MB. */
const LARGEST_FILE_BYTES = 50 * 1024 * 1024;
const CARD = 'README.md';
/** By the name in a manifest: what prepares the model's texts. */
const PREPARATIONS: Readonly<Record<string, { file: string; version: number }>> = {
  'issue-encoder': { file: 'src/triage/prepare-issue.ts', version: PREPARATION_VERSION },
  'change-encoder': { file: 'src/triage/prepare-change.ts', version: CHANGE_PREPARATION_VERSION },
};
/** What a model folder holds beside the files of its manifest. */
const BESIDE = ['manifest.json', CARD];

/**
 * Holds each folder of `models/` to its manifest: the files named there and no others, whole, with
 * a model card, made for the preparation that the program does.
 *
 * @param models the folder of model folders
 */
export async function checkModels(models: string): Promise<CheckResult> {
  const entries = await readdir(models, { withFileTypes: true });
  const strays = entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const problems = strays.map((name) => `models/${name} is not in the folder of a model`);
  if (folders.length === 0) problems.push('models/ holds no model');
  for (const folder of folders) {
    problems.push(...(await checkModel(path.join(models, folder), `models/${folder}`)));
  }
  return { problems, checked: `${folders.length} ${folders.length === 1 ? 'model' : 'models'}` };
}

async function checkModel(directory: string, shown: string): Promise<string[]> {
  const problems: string[] = [];
  const files = await filesUnder(directory);
  for (const file of files) {
    const { size } = await stat(path.join(directory, file));
    if (size > LARGEST_FILE_BYTES) problems.push(`${shown}/${file} is larger than 50 MB`);
  }
  if (!files.includes(CARD)) problems.push(`${shown} has no model card, ${CARD}`);
  let manifest: Awaited<ReturnType<typeof readAnyManifest>>;
  try {
    manifest = await readAnyManifest(directory);
    await verifyModelFiles(manifest, directory);
  } catch (error) {
    return [...problems, error instanceof Error ? error.message : String(error)];
  }
  const known = new Set([...BESIDE, ...manifest.files.map((file) => file.path)]);
  for (const file of files.filter((name) => !known.has(name))) {
    problems.push(`${shown}/${file} is not in the manifest`);
  }
  const prepared = PREPARATIONS[manifest.name];
  if (prepared === undefined) {
    problems.push(`${shown} is of no known kind: ${Object.keys(PREPARATIONS).join(', ')}`);
  } else if (manifest.preparation !== prepared.version) {
    problems.push(
      `${shown} was trained on preparation ${manifest.preparation}, ${prepared.file} is at ${prepared.version}`,
    );
  }
  return problems;
}

/** Paths of all files below, with `/` between folders. */
async function filesUnder(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(directory, path.join(entry.parentPath, entry.name)))
    .map((file) => file.split(path.sep).join('/'))
    .sort();
}

if (isStarted(import.meta.url)) {
  await runCheck('models', () => checkModels(path.join(REPOSITORY, 'models')));
}

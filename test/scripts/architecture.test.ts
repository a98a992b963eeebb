import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkArchitecture } from '../../scripts/check-architecture.js';
import { REPOSITORY } from '../../scripts/run-check.js';

/** A file that must not be there, and the rule that says so. */
const FORBIDDEN: readonly { rule: string; file: string; text: string }[] = [
  {
    rule: 'triage-is-pure',
    file: 'triage/forbidden-node.ts',
    text: "import { readFileSync } from 'node:fs';\nexport const read = readFileSync;\n",
  },
  {
    rule: 'triage-is-pure',
    file: 'triage/forbidden-package.ts',
    text: "import { z } from 'zod';\nexport const schema = z;\n",
  },
  {
    rule: 'imports-of-triage',
    file: 'triage/forbidden-folder.ts',
    text: "export type { Store } from '../store/open-store.js';\n",
  },
  {
    rule: 'types-only-triage-to-config',
    file: 'triage/forbidden-value.ts',
    text: "export { DEFAULT_REPOSITORY_CONFIG } from '../config/repository-config.js';\n",
  },
  {
    rule: 'imports-of-store',
    file: 'store/forbidden.ts',
    text: "export type { Queue } from '../queue/queue.js';\n",
  },
  {
    rule: 'types-only-github-to-triage',
    file: 'github/forbidden.ts',
    text: "export { decideIssue } from '../triage/decide-issue.js';\n",
  },
  {
    rule: 'imports-of-github',
    file: 'github/forbidden-store.ts',
    text: "export { openStore } from '../store/open-store.js';\n",
  },
  {
    rule: 'types-only-handlers-to-queue',
    file: 'handlers/forbidden.ts',
    text: "export { openQueue } from '../queue/open-queue.js';\n",
  },
  {
    rule: 'only-in-github',
    file: 'handlers/forbidden-octokit.ts',
    text: "import { Octokit } from '@octokit/rest';\nexport const client = new Octokit();\n",
  },
  {
    rule: 'only-in-models',
    file: 'cli/forbidden-onnx.ts',
    text: "import { Tensor } from 'onnxruntime-node';\nexport const tensor = Tensor;\n",
  },
  {
    rule: 'only-in-store-and-queue',
    file: 'dashboard/forbidden-pg.ts',
    text: "import pg from 'pg';\nexport const client = pg.Client;\n",
  },
  {
    rule: 'dashboard-knows-only-the-plan',
    file: 'dashboard/forbidden-decide.ts',
    text: "export { chooseClass } from '../triage/choose-class.js';\n",
  },
  {
    rule: 'nobody-imports-main',
    file: 'cli/forbidden-main.ts',
    text: "import '../main.js';\nexport const nothing = null;\n",
  },
  {
    rule: 'folder-without-a-row',
    file: 'extras/forbidden.ts',
    text: "export type { Store } from '../store/open-store.js';\n",
  },
  {
    rule: 'only-declared-packages',
    file: 'cli/forbidden-dev.ts',
    text: "import nock from 'nock';\nexport const double = nock;\n",
  },
  {
    rule: 'everything-resolves',
    file: 'cli/forbidden-missing.ts',
    text: "import { nothing } from './not-there.js';\nexport const missing = nothing;\n",
  },
];

describe('checkArchitecture', () => {
  let folder: string;

  /** A project with the rules of this one. */
  async function makeProject(name: string): Promise<string> {
    const root = path.join(folder, name);
    await mkdir(path.join(root, 'src'), { recursive: true });
    for (const file of ['.dependency-cruiser.mjs', 'package.json']) {
      await cp(path.join(REPOSITORY, file), path.join(root, file));
    }
    await symlink(path.join(REPOSITORY, 'node_modules'), path.join(root, 'node_modules'));
    return root;
  }

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'sentinel-architecture-'));
  });

  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  test('reports each forbidden import by its rule, and nothing else', {
    timeout: 120_000,
  }, async () => {
    const root = await makeProject('forbidden');
    await cp(path.join(REPOSITORY, 'src'), path.join(root, 'src'), { recursive: true });
    for (const { file, text } of FORBIDDEN) {
      await mkdir(path.dirname(path.join(root, 'src', file)), { recursive: true });
      await writeFile(path.join(root, 'src', file), text);
    }
    const { problems } = await checkArchitecture(root);
    for (const { rule, file } of FORBIDDEN) {
      const found = problems.filter(
        (text) => text.startsWith(`src/${file} `) && text.includes(`(${rule})`),
      );
      expect(found, `${file} breaks ${rule}`).toHaveLength(1);
    }
    const files = FORBIDDEN.map(({ file }) => `src/${file} `);
    expect(problems.filter((text) => !files.some((file) => text.startsWith(file)))).toEqual([]);
  });

  test('reports a cycle, also one of types alone', async () => {
    const root = await makeProject('cycle');
    await mkdir(path.join(root, 'src', 'store'));
    const write = (file: string, text: string) =>
      writeFile(path.join(root, 'src', 'store', file), text);
    await write('one.ts', "export type { Two } from './two.js';\nexport type One = 1;\n");
    await write('two.ts', "export type { One } from './one.js';\nexport type Two = 2;\n");
    const { problems } = await checkArchitecture(root);
    expect(problems.some((text) => text.includes('(no-cycles)'))).toBe(true);
  });

  test('fails when it saw no modules', async () => {
    const { problems } = await checkArchitecture(await makeProject('empty'));
    expect(problems.join('\n')).toMatch(/only 0 modules were seen/);
  });

  test('fails when it saw but a few', async () => {
    const root = await makeProject('few');
    await writeFile(path.join(root, 'src', 'main.ts'), 'export const one = 1;\n');
    const { problems } = await checkArchitecture(root);
    expect(problems.join('\n')).toMatch(/only 1 modules were seen/);
  });
});

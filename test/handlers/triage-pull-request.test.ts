import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addLabels, removeLabel } from '../support/github-emulator.js';
import { checksOf, editPull, openPull, pullLabels, push } from '../support/pull-requests.js';
import { PULL_PERMISSIONS, type PullTriage, triagePulls } from '../support/triage-pulls.js';

const LABELS = [
  'bug',
  'enhancement',
  'documentation',
  'size/XS',
  'size/L',
  'needs tests',
  'area: docs',
  'area: api',
].map((name) => ({ name }));

const SIZES = '  sizes:\n    enabled: true\n';
const LABELER = `
area: docs:
  - changed-files:
      - any-glob-to-any-file: docs/**
area: api:
  - head-branch: ^api/
`.replaceAll(/^(area: \w+):/gm, '"$1":');

const CONFIGS: Readonly<Record<string, string>> = {
  plain: '',
  sized: `pull_requests:\n${SIZES}`,
  checked: 'pull_requests:\n  check_run: true\n',
  shadow: 'mode: shadow\npull_requests:\n  check_run: true\n',
  suggest: 'mode: suggest\n',
  off: 'pull_requests:\n  enabled: false\n',
  drafts: 'pull_requests:\n  drafts: triage\n',
  ruled: 'pull_requests:\n  labeler: true\n  sync_labels: true\n',
  tested: 'pull_requests:\n  needs_tests: true\n',
  attributed: `pull_requests:\n${SIZES}`,
  denied: `pull_requests:\n  needs_tests: true\n${SIZES}`,
};

const FILES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ruled: { '.github/labeler.yml': LABELER },
  tested: { 'test/a.test.ts': 'x' },
  attributed: { '.gitattributes': 'api/*.json linguist-generated\n' },
  denied: { 'test/a.test.ts': 'x', '.gitattributes': 'external/** -linguist-vendored\n' },
};

let triage: PullTriage;

beforeAll(async () => {
  triage = await triagePulls({
    repositories: Object.entries(CONFIGS).map(([name, config]) => ({
      owner: 'octo',
      name,
      labels: LABELS,
      files: { ...(config === '' ? {} : { '.github/sentinel.yml': config }), ...FILES[name] },
    })),
  });
});
afterAll(() => triage?.close());

const SOURCE = { filename: 'src/a.ts', additions: 3, patch: '@@ -1 +1,3 @@\n+const a = 1;\n' };

async function open(name: string, pull: Parameters<typeof openPull>[2], files = [SOURCE]) {
  const repository = `octo/${name}`;
  const { number } = await openPull(triage.maintainer, repository, pull);
  triage.facts.setFiles(repository, number, files);
  const labels = () => pullLabels(triage.maintainer, repository, number);
  return { repository, number, labels };
}

describe('an opened pull request', () => {
  it('gets the label of its type, found by name', async () => {
    triage.modelSays('feat');
    const { repository, number, labels } = await open('plain', { title: 'Add a dark theme' });
    const [decision] = await triage.handle(repository, number);
    expect(decision).toMatchObject({ outcome: 'applied', plan: { decided: 'feat' } });
    expect(await labels()).toEqual(['enhancement']);
  });

  it('is taken at the word of a conventional title', async () => {
    triage.modelSays(null);
    const { repository, number, labels } = await open('plain', { title: 'fix(ui): no flicker' });
    await triage.handle(repository, number);
    expect(await labels()).toEqual(['bug']);
  });

  it('whose change contradicts its title strongly gets no label', async () => {
    triage.modelSays('docs');
    const { repository, number, labels } = await open('plain', { title: 'fix: a typo' });
    const [decision] = await triage.handle(repository, number);
    expect(decision?.plan.reasons.map(({ code }) => code)).toContain('contradicted');
    expect(decision?.plan.suggestedTitle).toBe('docs: a typo');
    expect(await labels()).toEqual([]);
  });

  it('is left alone where the model is not sure', async () => {
    triage.modelSays(null);
    const { repository, number, labels } = await open('plain', { title: 'Things' });
    const [decision] = await triage.handle(repository, number);
    expect(decision?.outcome).toBe('abstained');
    expect(await labels()).toEqual([]);
  });

  it('is left alone where the repository has no such label', async () => {
    triage.modelSays('perf');
    const { repository, number, labels } = await open('plain', { title: 'Faster' });
    const [decision] = await triage.handle(repository, number);
    expect(decision?.plan.reasons.map(({ code }) => code)).toContain('no-label');
    expect(await labels()).toEqual([]);
  });

  it('is not read where pull requests are switched off', async () => {
    const { repository, number } = await open('off', { title: 'Anything' });
    const before = triage.facts.asked.length;
    const [decision] = await triage.handle(repository, number);
    expect(decision?.outcome).toBe('ignored');
    expect(decision?.plan.reasons.map(({ code }) => code)).toEqual(['pull-requests-off']);
    expect(triage.facts.asked.length).toBe(before);
  });

  it('with no files is decided by its title', async () => {
    triage.modelSays(null);
    const { repository, number, labels } = await open('plain', { title: 'docs: nothing' }, []);
    await triage.handle(repository, number);
    expect(await labels()).toEqual(['documentation']);
  });
});

describe('a draft', () => {
  it('is waited for until it is ready', async () => {
    triage.modelSays('feat');
    const { repository, number, labels } = await open('plain', { title: 'Draft', draft: true });
    const [waiting] = await triage.handle(repository, number);
    expect(waiting?.plan.reasons.map(({ code }) => code)).toEqual(['draft']);
    expect(await triage.handle(repository, number, { unlessUnchanged: true })).toHaveLength(1);
    await editPull(triage.maintainer, repository, number, { draft: false });
    const decisions = await triage.handle(repository, number, { unlessUnchanged: true });
    expect(decisions.at(-1)?.outcome).toBe('applied');
    expect(await labels()).toEqual(['enhancement']);
  });

  it('is looked at where the configuration says so', async () => {
    triage.modelSays('feat');
    const { repository, number, labels } = await open('drafts', { title: 'Draft', draft: true });
    await triage.handle(repository, number);
    expect(await labels()).toEqual(['enhancement']);
  });
});

describe('pushed commits', () => {
  it('are decided on once, and one check is shown for each commit', async () => {
    triage.modelSays('feat');
    const { repository, number } = await open('checked', { title: 'Add it' });
    await triage.handle(repository, number);
    await triage.handle(repository, number);
    expect(await checksOf(triage.maintainer, repository, number)).toHaveLength(1);
    await push(triage.maintainer, repository, number);
    await triage.handle(repository, number, { unlessUnchanged: true });
    const decisions = await triage.handle(repository, number, { unlessUnchanged: true });
    expect(decisions).toHaveLength(3);
    const checks = await checksOf(triage.maintainer, repository, number);
    expect(checks).toMatchObject([{ name: 'Sentinel', conclusion: 'neutral' }]);
  });

  it('change the check of their commit when the title changes', async () => {
    triage.modelSays('feat');
    const { repository, number } = await open('checked', { title: 'Add it' });
    // A commit of its own: the emulator's branches begin at the same one.
    await push(triage.maintainer, repository, number);
    await triage.handle(repository, number);
    triage.modelSays('fix');
    await editPull(triage.maintainer, repository, number, { title: 'Mend it' });
    const decisions = await triage.handle(repository, number, { unlessUnchanged: true });
    expect(decisions.map(({ applied }) => applied?.check)).toEqual(['created', 'edited']);
    const [check, ...others] = await checksOf(triage.maintainer, repository, number);
    expect(others).toEqual([]);
    expect(check?.output.title).toContain('fix');
  });

  it('replace the type and size that Sentinel gave before', async () => {
    triage.modelSays('feat');
    const { repository, number, labels } = await open('sized', { title: 'Add it' });
    await triage.handle(repository, number);
    expect(await labels()).toEqual(['enhancement', 'size/XS']);
    triage.modelSays('fix');
    triage.facts.setFiles(repository, number, [{ ...SOURCE, additions: 300 }]);
    await push(triage.maintainer, repository, number);
    await triage.handle(repository, number, { unlessUnchanged: true });
    expect((await labels()).toSorted()).toEqual(['bug', 'size/L']);
  });
});

describe('what people did stands', () => {
  it('a label that a person took off is not put on again', async () => {
    triage.modelSays('feat');
    const { repository, number, labels } = await open('sized', { title: 'Add it' });
    await triage.handle(repository, number);
    await removeLabel(triage.maintainer, repository, number, 'enhancement');
    await removeLabel(triage.maintainer, repository, number, 'size/XS');
    triage.facts.setFiles(repository, number, [{ ...SOURCE, additions: 300 }]);
    for (const type of ['feat', 'fix'] as const) {
      triage.modelSays(type);
      await push(triage.maintainer, repository, number);
      await triage.handle(repository, number, { unlessUnchanged: true });
    }
    expect(await labels()).toEqual([]);
  });

  it('a label that a person put on stays alone', async () => {
    const { repository, number, labels } = await open('sized', { title: 'Add it' });
    await addLabels(triage.maintainer, repository, number, ['documentation', 'size/L']);
    triage.modelSays('feat');
    const [decision] = await triage.handle(repository, number);
    expect(decision?.outcome).toBe('kept');
    expect(await labels()).toEqual(['documentation', 'size/L']);
  });
});

describe('suggest and shadow mode', () => {
  it('one comment is left, and edited when the decision changes', async () => {
    triage.modelSays('feat');
    const { repository, number, labels } = await open('suggest', { title: 'Add it' });
    await triage.handle(repository, number);
    triage.modelSays('fix');
    await push(triage.maintainer, repository, number);
    await triage.handle(repository, number, { unlessUnchanged: true });
    const created = triage.github.api.requests.filter(
      ({ method, path }) => method === 'POST' && path.endsWith(`/issues/${number}/comments`),
    );
    const edited = triage.github.api.requests.filter(({ method }) => method === 'PATCH');
    expect(created).toHaveLength(1);
    expect(created[0]?.body).toContain('enhancement');
    expect(edited.at(-1)?.body).toContain('`bug`');
    expect(await labels()).toEqual([]);
  });

  it('nothing is touched in shadow mode', async () => {
    triage.modelSays('feat');
    const { repository, number, labels } = await open('shadow', { title: 'Add it' });
    const [decision] = await triage.handle(repository, number);
    expect(decision?.outcome).toBe('shadowed');
    expect(decision?.plan.addLabels).toEqual(['enhancement']);
    expect(await labels()).toEqual([]);
    expect(await checksOf(triage.maintainer, repository, number)).toEqual([]);
  });
});

describe('rules and files of the repository', () => {
  it('labeler.yml is read as it is, and its labels come off with the rule where told', async () => {
    triage.modelSays(null);
    const docs = [{ filename: 'docs/a.md', additions: 1, patch: '@@ -0,0 +1 @@\n+a' }];
    const { repository, number, labels } = await open(
      'ruled',
      { title: 'Things', head: 'api/things' },
      docs,
    );
    await triage.handle(repository, number);
    expect(await labels()).toEqual(['area: docs', 'area: api']);
    triage.facts.setFiles(repository, number, [SOURCE]);
    await push(triage.maintainer, repository, number);
    await triage.handle(repository, number, { unlessUnchanged: true });
    expect(await labels()).toEqual(['area: api']);
  });

  it('a rule puts no label on that the repository lacks', async () => {
    triage.modelSays(null);
    const { repository, number, labels } = await open('plain', { title: 'Things' });
    await triage.handle(repository, number);
    expect(await labels()).toEqual([]);
  });

  it('.gitattributes sets generated files aside', async () => {
    triage.modelSays(null);
    const { repository, number, labels } = await open('attributed', { title: 'Things' }, [
      SOURCE,
      { filename: 'api/schema.json', additions: 5000, patch: '' },
    ]);
    await triage.handle(repository, number);
    expect(await labels()).toEqual(['size/XS']);
  });

  it('is taken at its word that a file is not vendored; the path still tells what else it is', async () => {
    triage.modelSays('feat');
    const { repository, number, labels } = await open('denied', { title: 'Things' }, [
      { ...SOURCE, filename: 'external/a.ts', additions: 120 },
      { ...SOURCE, filename: 'external/test/a.test.ts' },
      { filename: 'external/generated/b.ts', additions: 5000, patch: '' },
    ]);
    await triage.handle(repository, number);
    expect(await labels()).toEqual(['enhancement', 'size/L']);
  });
});

it('labels that are put on stay recorded where GitHub refuses the check', async () => {
  triage.modelSays('feat');
  const { repository, number, labels } = await open('checked', { title: 'Add it' });
  await push(triage.maintainer, repository, number);
  const body = { message: 'No commit found for SHA' };
  triage.github.api.interfere(({ method, path }) =>
    method !== 'GET' && path.includes('/check-runs')
      ? { kind: 'answer', status: 422, body }
      : undefined,
  );
  const [decision] = await triage.handle(repository, number);
  triage.github.api.interfere(null);
  const applied = { added: ['enhancement'], check: 'refused' };
  expect(decision).toMatchObject({ outcome: 'applied', applied });
  expect(decision?.plan.reasons.map(({ code }) => code)).toContain('check-refused');
  expect(await triage.store.labelFeedback.ofIssue(repository, number)).toHaveLength(1);
  expect(await labels()).toEqual(['enhancement']);
});

it('without "checks: write" the labels are put on and the lack is told', async () => {
  const { checks: _, ...permissions } = PULL_PERMISSIONS;
  const without = await triagePulls({
    permissions,
    repositories: [
      {
        owner: 'octo',
        name: 'bare',
        labels: LABELS,
        files: { '.github/sentinel.yml': CONFIGS.checked ?? '' },
      },
    ],
  });
  try {
    const { number } = await openPull(without.maintainer, 'octo/bare', { title: 'Add it' });
    without.facts.setFiles('octo/bare', number, [SOURCE]);
    const [decision] = await without.handle('octo/bare', number);
    expect(decision).toMatchObject({ outcome: 'applied', applied: { check: 'forbidden' } });
    expect(decision?.plan.reasons.map(({ code }) => code)).toContain('check-forbidden');
    expect(await pullLabels(without.maintainer, 'octo/bare', number)).toEqual(['enhancement']);
  } finally {
    await without.close();
  }
});

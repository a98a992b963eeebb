/**
 * Who may import whom. `ARCHITECTURE.md` tells why; `scripts/check-architecture.ts` runs this.
 *
 * A folder not named in the table fails the check, so a new one begins with its row here.
 */

/** Folder under `src/` → the folders it may import. */
const MAY_IMPORT = {
  webhook: ['queue', 'telemetry'],
  queue: ['store'],
  handlers: [
    'github',
    'triage',
    'models',
    'learning',
    'store',
    'commands',
    'config',
    'queue',
    'telemetry',
  ],
  triage: ['config'],
  commands: ['triage', 'github', 'models', 'learning', 'store'],
  models: ['telemetry'],
  learning: ['models', 'store', 'triage'],
  github: ['config', 'triage'],
  store: [],
  reports: ['store', 'github', 'models', 'learning'],
  dashboard: ['store', 'learning', 'config', 'queue', 'triage'],
  config: [],
  telemetry: [],
  cli: [
    'webhook',
    'queue',
    'handlers',
    'triage',
    'commands',
    'models',
    'learning',
    'github',
    'store',
    'reports',
    'dashboard',
    'config',
    'telemetry',
  ],
};

/** From the table's pairs, those where only `import type` is allowed: nothing of it at run time. */
const TYPES_ONLY = [
  ['webhook', 'queue'],
  ['handlers', 'queue'],
  ['triage', 'config'],
  ['github', 'triage'],
  ['dashboard', 'queue'],
  ['reports', 'learning'],
];

/** Packages that only these folders may import. */
const ONLY_IN = [
  {
    packages: '@octokit/(rest|auth-app|plugin-[^/]+|request-error)',
    folders: ['github'],
    why: 'One folder talks to GitHub, so that one folder is watched for what is done there.',
  },
  {
    packages: '@octokit/webhooks-methods',
    folders: ['webhook'],
    why: 'Signatures are checked at the door and nowhere else.',
  },
  {
    packages: 'onnxruntime-node|@huggingface/transformers',
    folders: ['models'],
    why: 'Inference lives behind the Encoder interface.',
  },
  {
    packages: 'libsql|pg|graphile-worker',
    folders: ['store', 'queue'],
    why: 'Databases live behind the store and the queue.',
  },
  { packages: 'echarts', folders: ['reports'], why: 'Charts are drawn in src/reports.' },
  { packages: 'commander', folders: ['cli'], why: 'Command lines are parsed in src/cli.' },
];

/** Where a package is installed, whatever the package manager's layout. */
const packagePath = (packages) => `(^|/)node_modules/(${packages})(/|$)`;
const folderPath = (folders) => `^src/(${folders.join('|')})/`;

const folderRules = Object.entries(MAY_IMPORT).map(([folder, allowed]) => ({
  name: `imports-of-${folder}`,
  severity: 'error',
  comment: `src/${folder} may import ${allowed.length === 0 ? 'no other folder' : allowed.join(', ')}.`,
  from: { path: `^src/${folder}/` },
  to: { path: '^src/', pathNot: folderPath([folder, ...allowed]) },
}));

const typeRules = TYPES_ONLY.map(([from, to]) => ({
  name: `types-only-${from}-to-${to}`,
  severity: 'error',
  comment: `src/${from} may use the types of src/${to}, and nothing that runs.`,
  from: { path: `^src/${from}/` },
  to: { path: `^src/${to}/`, preCompilationOnly: false },
}));

const packageRules = ONLY_IN.map(({ packages, folders, why }) => ({
  name: `only-in-${folders.join('-and-')}`,
  severity: 'error',
  comment: why,
  from: { path: '^src/', pathNot: folderPath(folders) },
  to: { path: packagePath(packages) },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...folderRules,
    ...typeRules,
    ...packageRules,
    {
      name: 'folder-without-a-row',
      severity: 'error',
      comment: 'A folder under src/ needs a row in the table of .dependency-cruiser.mjs.',
      from: { path: '^src/[^/]+/', pathNot: folderPath(Object.keys(MAY_IMPORT)) },
      to: {},
    },
    {
      name: 'triage-is-pure',
      severity: 'error',
      comment: 'src/triage is a function of its arguments: no Node module, no package.',
      from: { path: '^src/triage/' },
      to: { pathNot: '^src/' },
    },
    {
      name: 'dashboard-knows-only-the-plan',
      severity: 'error',
      comment: 'The dashboard shows plans; how they are made is not its business.',
      from: { path: '^src/dashboard/' },
      to: { path: '^src/triage/', pathNot: '^src/triage/plan[.]ts$' },
    },
    {
      name: 'nobody-imports-main',
      severity: 'error',
      comment: 'main.ts puts everything together; what others need of it belongs in a folder.',
      from: {},
      to: { path: '^src/main[.]ts$' },
    },
    {
      name: 'nothing-from-outside-src',
      severity: 'error',
      comment: 'Tests, the demo and scripts are not part of the program.',
      from: { path: '^src/' },
      to: { path: '^(test|demo|bench|scripts)/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'Two files that import each other, types included, are one file or three.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'only-declared-packages',
      severity: 'error',
      comment: 'The program runs on the dependencies of package.json, not on devDependencies.',
      from: { path: '^src/' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown', 'unknown', 'undetermined'],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'everything-resolves',
      severity: 'error',
      comment: 'An import that leads nowhere would hide from every other rule.',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: 'specify',
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
      extensions: ['.ts', '.js', '.json'],
    },
  },
};

import type { Label, Repository } from './seed-emulator.js';

/** The labels that GitHub puts into a new repository. */
export const GITHUB_DEFAULT_LABELS: readonly Label[] = [
  { name: 'bug', color: 'd73a4a', description: "Something isn't working" },
  { name: 'documentation', color: '0075ca', description: 'Improvements or additions to docs' },
  { name: 'duplicate', color: 'cfd3d7', description: 'This already exists' },
  { name: 'enhancement', color: 'a2eeef', description: 'New feature or request' },
  { name: 'good first issue', color: '7057ff', description: 'Good for newcomers' },
  { name: 'help wanted', color: '008672', description: 'Extra attention is needed' },
  { name: 'invalid', color: 'e4e669', description: "This doesn't seem right" },
  { name: 'question', color: 'd876e3', description: 'Further information is requested' },
  { name: 'wontfix', color: 'ffffff', description: 'This will not be worked on' },
];

const TIDEPOOL_CONFIG = `# What Sentinel does in this repository
mode: apply
labels:
  bug: bug
  feature: enhancement
  question: question
ignore:
  authors: ['*[bot]']
  titles: ['Release train *']
`;

/** Three projects that name their labels in three ways. */
export const DEMO_REPOSITORIES: readonly Repository[] = [
  {
    owner: 'lumen-labs',
    name: 'tidepool',
    description: 'A small reactive store that remembers',
    language: 'TypeScript',
    labels: GITHUB_DEFAULT_LABELS,
    files: { '.github/sentinel.yml': TIDEPOOL_CONFIG },
  },
  {
    owner: 'lumen-labs',
    name: 'ferrite',
    description: 'Finds what fills your disk, and clears it',
    language: 'Rust',
    labels: [
      { name: 'A-cli', color: 'f7e101', description: 'Area: command line' },
      { name: 'A-walk', color: 'f7e101', description: 'Area: walking directories' },
      { name: 'C-bug', color: 'f5f1fd', description: 'Category: this is a bug' },
      { name: 'C-feature-request', color: 'f5f1fd', description: 'Category: a wish' },
      { name: 'C-question', color: 'f5f1fd', description: 'Category: a question' },
      { name: 'E-easy', color: '02e10c', description: 'Effort: good to start with' },
      { name: 'O-windows', color: '6e6ec0', description: 'Operating system: Windows' },
      { name: 'P-high', color: 'eb6420', description: 'Priority: high' },
    ],
  },
  {
    owner: 'mira',
    name: 'atlas-notes',
    description: 'Notes that know where they are',
    language: 'TypeScript',
    labels: [
      { name: 'type: bug', color: 'b60205' },
      { name: 'type: feature', color: '1d76db' },
      { name: 'type: question', color: 'cc317c' },
      { name: 'platform: linux', color: 'fef2c0' },
      { name: 'platform: mac', color: 'fef2c0' },
      { name: 'platform: windows', color: 'fef2c0' },
      { name: 'status: needs info', color: 'e99695' },
    ],
  },
];

import type { SeedConfig } from 'emulate';

/** A label as GitHub's API creates it. */
export interface Label {
  readonly name: string;
  /** Six hexadecimal digits; a random colour unless told. */
  readonly color?: string;
  readonly description?: string;
}

/** A repository to have from the start. An owner that is no user becomes an organization. */
export interface Repository {
  readonly owner: string;
  readonly name: string;
  readonly description?: string;
  readonly language?: string;
  readonly private?: boolean;
  readonly labels?: readonly Label[];
  /** Path → text, committed to the default branch. */
  readonly files?: Readonly<Record<string, string>>;
}

/** What GitHub holds before anything happens. */
export interface Seed {
  readonly repositories: readonly Repository[];
  /** Logins of people. */
  readonly users: readonly string[];
  /** Logins of other Apps, e.g. `release-helper[bot]`; each is installed on every owner. */
  readonly bots?: readonly string[];
  /** Events the App listens to. */
  readonly events?: readonly string[];
  /** The App's permissions; labels and comments need `issues: write`. */
  readonly permissions?: Readonly<Record<string, 'read' | 'write'>>;
}

interface InstalledApp {
  readonly appId: number;
  readonly slug: string;
  readonly installationId: number;
}

/** The seed in the emulator's words, and who is who in it. */
export interface EmulatorSeed {
  readonly config: SeedConfig;
  readonly app: InstalledApp;
  /** Login → token. */
  readonly tokens: ReadonlyMap<string, string>;
  /** Login of a bot → its App. */
  readonly bots: ReadonlyMap<string, InstalledApp>;
  /** Owner → login of someone who may change its labels and files. */
  readonly maintainers: ReadonlyMap<string, string>;
}

const APP_ID = 4242;
const DEFAULT_EVENTS = ['issues', 'issue_comment'];
const DEFAULT_PERMISSIONS = { contents: 'read', issues: 'write', metadata: 'read' };

/** The person who keeps every organization's repositories. */
export const MAINTAINER = 'maintainer';

/** Translates a seed for `createEmulator({ service: 'github', seed })`. */
export function seedForEmulator(
  seed: Seed,
  webhook: { readonly webhookUrl: string; readonly secret: string },
): EmulatorSeed {
  const people = [...new Set([MAINTAINER, ...seed.users])];
  const owners = [...new Set(seed.repositories.map(({ owner }) => owner))];
  const organizations = owners.filter((owner) => !people.includes(owner));
  const bots = (seed.bots ?? []).map((login, index) => ({
    login,
    app: installedApp(APP_ID + 1 + index, login.replace(/\[bot\]$/, '')),
  }));
  const app = installedApp(APP_ID, 'sentinel');
  const tokens = new Map(people.map((login) => [login, `ghp_${login}`]));
  return {
    app,
    tokens,
    bots: new Map(bots.map(({ login, app: bot }) => [login, bot])),
    maintainers: new Map(
      owners.map((owner) => [owner, organizations.includes(owner) ? MAINTAINER : owner]),
    ),
    config: {
      tokens: Object.fromEntries([...tokens].map(([login, token]) => [token, { login }])),
      github: {
        users: people.map((login) => ({ login })),
        orgs: organizations.map((login) => ({
          login,
          members: [{ login: MAINTAINER, role: 'admin' }],
        })),
        repos: seed.repositories.map(({ labels: _labels, files: _files, ...repository }) => ({
          ...repository,
          auto_init: true,
        })),
        apps: [
          {
            ...appConfig(app, owners),
            permissions: seed.permissions ?? DEFAULT_PERMISSIONS,
            events: seed.events ?? DEFAULT_EVENTS,
            webhook_url: webhook.webhookUrl,
            webhook_secret: webhook.secret,
          },
          ...bots.map(({ app: bot }) => ({
            ...appConfig(bot, owners),
            permissions: DEFAULT_PERMISSIONS,
            events: [],
          })),
        ],
      },
    },
  };
}

/** Installations are numbered from the App's id up, one an owner. */
function installedApp(appId: number, slug: string): InstalledApp {
  return { appId, slug, installationId: appId * 1000 };
}

function appConfig(app: InstalledApp, owners: readonly string[]): object {
  return {
    app_id: app.appId,
    slug: app.slug,
    name: app.slug,
    installations: owners.map((account, index) => ({
      installation_id: app.installationId + index,
      account,
      repository_selection: 'all',
    })),
  };
}

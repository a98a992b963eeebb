import { createAppAuth } from '@octokit/auth-app';
import { Octokit } from '@octokit/rest';
import { createEmulator, type Emulator } from 'emulate';
import { findFreePort } from './find-free-port.js';
import { type ApiProxy, type Intercept, proxyApi } from './proxy-api.js';
import { relayWebhooks, type WebhookRelay } from './relay-webhooks.js';
import { type EmulatorSeed, type Repository, type Seed, seedForEmulator } from './seed-emulator.js';

/** A GitHub on this machine with one App installed wherever it has repositories. */
export interface GitHub {
  /** API address for the app under test (`GITHUB_API_URL`): recorded, and can be made to fail. */
  readonly url: string;
  readonly appId: string;
  /** PEM, made anew for each start. */
  readonly privateKey: string;
  readonly webhookSecret: string;
  /** Login under which the App acts, e.g. `sentinel[bot]`. */
  readonly appLogin: string;
  /** What was sent to the app; holds, releases, repeats and invents webhooks. */
  readonly webhooks: WebhookRelay;
  /** What the app asked: `requests`, and `interfere` to make requests fail. */
  readonly api: Pick<ApiProxy, 'requests' | 'interfere'>;
  /** A token with which `login` can use the API; bots named in `bots` get an installation token. */
  tokenFor(login: string): Promise<string>;
  /** A client that acts as `login`, past the recording and the interference. */
  as(login: string): Promise<Octokit>;
  close(): Promise<void>;
}

export interface StartGitHubOptions extends Seed {
  /** Where the app listens, e.g. `http://127.0.0.1:3000/api/github/webhooks`. */
  readonly appWebhookUrl: string;
  /** The webhook secret. */
  readonly secret: string;
  /** Port of the API for the app; any free one unless told. */
  readonly port?: number;
  /** Answers some requests to the API's address itself, e.g. with pages for people. */
  readonly intercept?: Intercept;
}

/**
 * Starts `emulate`'s GitHub with these users and repositories, labels and files in place, a relay
 * that carries its webhooks to the app, and a proxy through which the app reaches it. Everything
 * listens on 127.0.0.1. Nothing that happens before this resolves is sent to the app.
 *
 * @example
 * const github = await startGitHub({
 *   appWebhookUrl: 'http://127.0.0.1:3000/api/github/webhooks',
 *   secret: 'a secret',
 *   users: ['ada'],
 *   repositories: [{ owner: 'octo', name: 'widgets', labels: [{ name: 'bug' }] }],
 * });
 * const issue = await openIssue(await github.as('ada'), 'octo/widgets', { title: 'It crashes' });
 * await github.close();
 */
export async function startGitHub(options: StartGitHubOptions): Promise<GitHub> {
  const opened: { close(): Promise<void> }[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(opened.map((part) => part.close()));
  };
  try {
    const relay = await relayWebhooks(options.appWebhookUrl, options.secret);
    opened.push(relay);
    const seed = seedForEmulator(options, { webhookUrl: relay.url, secret: options.secret });
    const port = await findFreePort();
    const direct = `http://127.0.0.1:${port}`;
    const api = await proxyApi({
      port: options.port ?? 0,
      target: direct,
      ...(options.intercept === undefined ? {} : { intercept: options.intercept }),
    });
    opened.push(api);
    const emulator = await createEmulator({
      service: 'github',
      port,
      baseUrl: api.url,
      seed: seed.config,
    });
    opened.push(emulator);
    const actors = createActors(direct, seed, emulator);
    for (const repository of options.repositories) {
      await furnish(await actors.as(seed.maintainers.get(repository.owner) ?? ''), repository);
    }
    return {
      url: api.url,
      appId: String(seed.app.appId),
      privateKey: keyOf(emulator, seed.app.appId),
      webhookSecret: options.secret,
      appLogin: `${seed.app.slug}[bot]`,
      webhooks: relay,
      api,
      ...actors,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** People act with their tokens, bots with tokens of their installations. */
function createActors(
  direct: string,
  seed: EmulatorSeed,
  emulator: Emulator,
): Pick<GitHub, 'tokenFor' | 'as'> {
  const clients = new Map<string, Promise<Octokit>>();
  async function tokenFor(login: string): Promise<string> {
    const token = seed.tokens.get(login);
    if (token !== undefined) return token;
    const bot = seed.bots.get(login);
    if (bot === undefined) throw new Error(`${login} is no user of this GitHub`);
    const { data } = await appClient(
      direct,
      bot.appId,
      keyOf(emulator, bot.appId),
    ).rest.apps.createInstallationAccessToken({ installation_id: bot.installationId });
    return data.token;
  }
  return {
    tokenFor,
    as(login) {
      const known = clients.get(login);
      if (known !== undefined) return known;
      const client = tokenFor(login).then(
        (auth) => new Octokit({ auth, baseUrl: direct, log: SILENT }),
      );
      clients.set(login, client);
      return client;
    },
  };
}

/** Octokit prints each failed request otherwise, also those that are expected to fail. */
const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

function keyOf(emulator: Emulator, appId: number): string {
  const secret = emulator.generatedSecrets.find(({ id }) => id === String(appId));
  if (secret === undefined) throw new Error(`The emulator made no key for App ${appId}`);
  return secret.value;
}

function appClient(baseUrl: string, appId: number, privateKey: string): Octokit {
  return new Octokit({
    authStrategy: createAppAuth,
    auth: { appId, privateKey },
    baseUrl,
    log: SILENT,
  });
}

/** Puts a repository's labels and files in place through the API, as its maintainer would. */
async function furnish(client: Octokit, repository: Repository): Promise<void> {
  const where = { owner: repository.owner, repo: repository.name };
  for (const label of repository.labels ?? []) {
    await client.rest.issues.createLabel({ ...where, ...label });
  }
  for (const [path, text] of Object.entries(repository.files ?? {})) {
    await client.rest.repos.createOrUpdateFileContents({
      ...where,
      path,
      message: `Add ${path}`,
      content: Buffer.from(text, 'utf8').toString('base64'),
    });
  }
}

import { createAppAuth } from '@octokit/auth-app';
import { throttling } from '@octokit/plugin-throttling';
import { Octokit } from '@octokit/rest';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { isCloudApi } from '../config/environment.js';
import { asking, BrokenAnswerError } from './github-error.js';
import { splitRepository } from './repository-name.js';

/** A client that acts as one installation. */
export interface Installation {
  readonly id: number;
  readonly octokit: Octokit;
  /** Login the App's own actions appear under, e.g. `sentinel[bot]`. */
  botLogin(): Promise<string>;
}

export interface AppDescription {
  readonly slug: string;
  readonly permissions: Readonly<Record<string, string>>;
  readonly events: readonly string[];
  /** GitHub's clock, from the answer's `Date` header. */
  readonly serverDate: Date | null;
}

export interface GitHub {
  /** @throws {CredentialsError} when GitHub does not accept the credentials */
  getApp(): Promise<AppDescription>;
  installation(id: number): Installation;
  /**
   * The installation that covers a repository, and the repository's name as GitHub spells it.
   *
   * @throws {RefusedError} when the App is not installed there
   */
  installationOf(repository: string): Promise<{ installation: Installation; repository: string }>;
}

export interface ConnectOptions {
  readonly appId: number;
  readonly privateKey: string;
  readonly apiUrl: string;
  /** Told of each answered call. */
  readonly onResponse?: (call: {
    readonly method: string;
    readonly status: number;
    readonly installation: number | null;
    readonly remaining: number | null;
  }) => void;
}

const appSchema = z.object({
  slug: z.string(),
  permissions: z.record(z.string(), z.string()).default({}),
  events: z.array(z.string()).default([]),
});

const REQUEST_TIMEOUT_MS = 30_000;
/** Its owner may rename the App, and its own comments then have the new name at once. */
const DESCRIBED_FOR_MS = 3_600_000;
const USER_AGENT = 'sentinel';

/** Connects as the App. No call is made before one is needed. */
export function connectGitHub(options: ConnectOptions): GitHub {
  // GitHub's service asks for a second between writes; servers of one's own have no such limit.
  const throttled = isCloudApi(options.apiUrl);
  const Client = Octokit.plugin(throttling);
  const clients = new LRUCache<number, Octokit>({ max: 1000 });

  const createClient = (installation: number | null): Octokit => {
    const { appId, privateKey } = options;
    const octokit = new Client({
      baseUrl: options.apiUrl,
      userAgent: USER_AGENT,
      authStrategy: createAppAuth,
      auth: {
        appId,
        privateKey,
        ...(installation === null ? {} : { installationId: installation }),
      },
      // Waiting is the queue's work: there a delivery waits without holding anything up.
      throttle: {
        enabled: throttled,
        // Limits are an installation's; under one id, all of them would share one write a second.
        id: String(installation ?? 'app'),
        onRateLimit: () => false,
        onSecondaryRateLimit: () => false,
      },
      request: { fetch: fetchInTime },
      log: { debug() {}, info() {}, warn() {}, error() {} },
    });
    observe(octokit, installation, options.onResponse);
    refuseBroken(octokit);
    if (installation !== null) {
      onUnauthorized(octokit, () => clients.delete(installation));
    }
    return octokit;
  };

  const app = createClient(null);
  let description: Promise<AppDescription> | null = null;
  let describedAt = 0;
  const describe = (): Promise<AppDescription> => {
    if (description !== null && Date.now() - describedAt < DESCRIBED_FOR_MS) {
      return description;
    }
    describedAt = Date.now();
    description = asking('read the App', async () => {
      const { data, headers } = await app.apps.getAuthenticated();
      const serverDate = headers.date === undefined ? null : new Date(headers.date);
      return { ...appSchema.parse(data), serverDate };
    }).catch((error: unknown) => {
      description = null;
      throw error;
    });
    return description;
  };

  const installation = (id: number): Installation => {
    const octokit = clients.get(id) ?? createClient(id);
    clients.set(id, octokit);
    return { id, octokit, botLogin: async () => `${(await describe()).slug}[bot]` };
  };
  return {
    getApp: describe,
    installation,
    async installationOf(repository) {
      const place = splitRepository(repository);
      const { data } = await asking(`find the App’s installation on ${repository}`, () =>
        app.apps.getRepoInstallation(place),
      );
      const found = installation(data.id);
      const { data: known } = await asking('read the repository', () =>
        found.octokit.repos.get(place),
      );
      return { installation: found, repository: known.full_name };
    },
  };
}

const NO_CONTENT = 204;

/**
 * A page of a proxy, or half an answer, comes as text under a status that says all is well. Taken for
 * GitHub's word, a label would count as put on that is not, and a configuration as one without settings.
 */
function refuseBroken(octokit: Octokit): void {
  octokit.hook.after('request', ({ data, status, url }, { method }) => {
    const isJson = typeof data === 'object' && !(data instanceof ArrayBuffer);
    if (status !== NO_CONTENT && !isJson) {
      throw new BrokenAnswerError(method, url, status);
    }
  });
}

/** `fetch` that gives up: a call that never ends would hold its issue for ever. */
const fetchInTime: typeof fetch = (input, init) =>
  fetch(input, { ...init, signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) });

/** A token is kept for an hour, even one that was revoked: with its client it is forgotten. */
function onUnauthorized(octokit: Octokit, forget: () => void): void {
  octokit.hook.error('request', (error) => {
    if ('status' in error && error.status === 401) {
      forget();
    }
    throw error;
  });
}

function observe(
  octokit: Octokit,
  installation: number | null,
  onResponse: ConnectOptions['onResponse'],
): void {
  if (!onResponse) {
    return;
  }
  octokit.hook.after('request', (response, request) => {
    const remaining = Number(response.headers['x-ratelimit-remaining'] ?? Number.NaN);
    onResponse({
      method: request.method,
      status: response.status,
      installation,
      remaining: Number.isFinite(remaining) ? remaining : null,
    });
  });
  octokit.hook.error('request', (error, request) => {
    const status = 'status' in error && typeof error.status === 'number' ? error.status : 0;
    onResponse({ method: request.method, status, installation, remaining: null });
    throw error;
  });
}

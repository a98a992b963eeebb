import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import { isCloudApi } from '../config/environment.js';
import { appManifest } from './app-manifest.js';
import { ConversionError, type ConvertedApp, convertManifest } from './convert-manifest.js';
import { checkWritable, updateEnvFile } from './env-file.js';
import { checkHost } from './host-check.js';
import type { Markup } from './layout.js';
import { isLoopbackName } from './loopback.js';
import { messagePage } from './message-page.js';
import { safeLink } from './safe-link.js';
import { securityHeaders } from './security-headers.js';
import { type GitHubReach, parseFields } from './setup-fields.js';
import { reviewPage, setupPage } from './setup-page.js';
import { SetupStates } from './setup-states.js';

export interface SetupOptions {
  /** The `.env` that the credentials go to. */
  readonly envFile: string;
  /** `https://github.com`, or a GitHub Enterprise Server's. */
  readonly githubWebUrl: string;
  /** `https://api.github.com`, or a GitHub Enterprise Server's `…/api/v3`. */
  readonly githubApiUrl: string;
  /** Called once the credentials are written. */
  readonly onConfigured: (app: {
    readonly appId: number;
    readonly slug: string;
    readonly htmlUrl: string;
  }) => void | Promise<void>;
  /** Where webhooks arrive on this server. */
  readonly webhookPath: string;
  readonly fetch?: typeof globalThis.fetch;
  /** Milliseconds since the epoch; for tests. */
  readonly now?: () => number;
}

const AGAIN = { href: '/', text: 'Start again' };
const callbackQuery = z.object({
  code: z.string().regex(/^[A-Za-z0-9_-]{1,200}$/),
  state: z.string().min(1).max(200),
});

/** What a step of the callback came to. */
interface Answer {
  readonly status: 200 | 400 | 500 | 502;
  readonly page: Markup;
}

/**
 * GitHub's App manifest flow, for a Sentinel without credentials: `GET /`, `POST /setup`,
 * `GET /setup/callback`, to be mounted at the root. Serve it on loopback only: whoever reaches it
 * can connect this server to an App of theirs.
 *
 * @see https://docs.github.com/apps/sharing-github-apps/registering-a-github-app-from-a-manifest
 */
export function createSetup(options: SetupOptions): Hono {
  const { githubWebUrl, webhookPath, now = Date.now } = options;
  const states = new SetupStates(now);
  const github = new URL(githubWebUrl);
  const reach = reachOf(github, options.githubApiUrl);
  const app = new Hono();
  for (const route of ['/', '/setup', '/setup/*']) {
    app.use(route, securityHeaders(github.origin), checkHost);
  }

  app.get('/', (context) => {
    const typed = { name: '', webhookUrl: '', organisation: '' };
    return context.html(setupPage({ typed, problems: {}, webhookPath }));
  });

  app.post('/setup', bodyLimit({ maxSize: 16_384 }), async (context) => {
    const form = await context.req.parseBody().catch(() => ({}));
    const { typed, fields, problems } = parseFields(form, { webhookPath, reach });
    if (fields === null) return context.html(setupPage({ typed, problems, webhookPath }), 400);
    const { organisation } = fields;
    const owner = organisation === null ? '' : `/organizations/${organisation}`;
    const action = new URL(`${owner}/settings/apps/new`, github);
    action.searchParams.set('state', states.issue());
    const redirectUrl = `${ownOrigin(context.req.header('host'), context.req.url)}/setup/callback`;
    const manifest = appManifest({ ...fields, redirectUrl });
    return context.html(reviewPage({ manifest, organisation, action: action.href }));
  });

  app.get('/setup/callback', async (context) => {
    const query = callbackQuery.safeParse(context.req.query());
    const known = query.success && states.take(query.data.state);
    const answer = known ? await finish(query.data.code, options) : unknownState();
    return context.html(answer.page, answer.status);
  });
  return app;
}

/** A GitHub Enterprise Server stands in a network of its own; the demo's GitHub on this machine. */
function reachOf(github: URL, githubApiUrl: string): GitHubReach {
  if (isLoopbackName(github.hostname)) return 'machine';
  return isCloudApi(githubApiUrl) ? 'public' : 'network';
}

/** Where the browser sees this server. */
function ownOrigin(host: string | undefined, url: string): string {
  return `http://${host ?? new URL(url).host}`;
}

/** From GitHub's code to credentials in the file. */
async function finish(code: string, options: SetupOptions): Promise<Answer> {
  const { envFile, githubApiUrl, fetch = globalThis.fetch } = options;
  try {
    await checkWritable(envFile);
  } catch (error) {
    const text = [`${envFile} can't be written (${codeOf(error)}).`, UNWRITABLE_ADVICE];
    return {
      status: 500,
      page: messagePage({ title: 'Nowhere to keep the keys', text, link: AGAIN }),
    };
  }
  let converted: ConvertedApp;
  try {
    converted = await convertManifest(code, { githubApiUrl, fetch });
  } catch (error) {
    if (!(error instanceof ConversionError)) throw error;
    const page = messagePage({
      title: 'GitHub did not hand over the keys',
      text: [error.message],
      link: AGAIN,
    });
    return { status: 502, page };
  }
  return keep(converted, options);
}

/** Writes the credentials and tells the rest of the program. */
async function keep(converted: ConvertedApp, options: SetupOptions): Promise<Answer> {
  const { envFile, githubWebUrl, onConfigured } = options;
  const htmlUrl = safeLink(converted.html_url, githubWebUrl) ?? githubWebUrl;
  try {
    await updateEnvFile(envFile, {
      APP_ID: String(converted.id),
      PRIVATE_KEY: converted.pem,
      WEBHOOK_SECRET: converted.webhook_secret,
    });
  } catch (error) {
    return { status: 500, page: keysLost(envFile, codeOf(error), htmlUrl) };
  }
  const link = { href: `${htmlUrl}/installations/new`, text: 'Install the App' };
  const text = [
    `The App ${converted.slug} exists, and its keys are in ${envFile}.`,
    'Now install it and choose the repositories it may work in.',
  ];
  try {
    await onConfigured({ appId: converted.id, slug: converted.slug, htmlUrl });
  } catch {
    text.push('Sentinel could not start with them by itself: restart it, then look at its log.');
  }
  return { status: 200, page: messagePage({ title: 'Connected', text, link }) };
}

const UNWRITABLE_ADVICE =
  'Give the user that Sentinel runs as the right to write there. On GitHub, delete the App that was just created (Settings → Developer settings), then start again.';

function unknownState(): Answer {
  const text = [
    'This answer does not belong to a setup that was started here in the last hour, or it was used before.',
    'If GitHub has just created an App, delete it there (Settings → Developer settings) and start again.',
  ];
  return { status: 400, page: messagePage({ title: 'Not a setup from here', text, link: AGAIN }) };
}

function keysLost(envFile: string, code: string, htmlUrl: string): Markup {
  const text = [
    `The App was created, but its keys could not be written to ${envFile} (${code}), and GitHub gives them once.`,
    "On the App's page on GitHub generate a new private key and set a new webhook secret, then set APP_ID, PRIVATE_KEY and WEBHOOK_SECRET in the environment. Or delete the App and start again.",
  ];
  const link = { href: htmlUrl, text: 'The App on GitHub' };
  return messagePage({ title: 'The keys were lost', text, link });
}

/** The short code of a file error; never its message, which may quote a value. */
function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unexpected error';
}

import { createPrivateKey } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';

const DEFAULT_DATABASE_URL = 'sqlite:data/sentinel.sqlite';

/** Secrets that tutorials and frameworks ship: starting with one is starting without one. */
const KNOWN_SECRETS = new Set(['development', 'secret', 'changeme', 'webhook-secret', 'my-secret']);

/** Settings that are wrong or missing, all told together. Holds no values, only names. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';

  constructor(readonly problems: readonly string[]) {
    super(
      [
        `${problems.length === 1 ? 'One setting is' : `${problems.length} settings are`} missing or wrong:`,
        ...problems.map((problem) => `  - ${problem}`),
        'Set them in the environment or in .env (see .env.example), then start again.',
      ].join('\n'),
    );
  }
}

export interface Credentials {
  readonly appId: number;
  /** PEM, PKCS#1 or PKCS#8. */
  readonly privateKey: string;
  readonly webhookSecret: string;
}

export interface Environment {
  /** Null when none of the credentials are set: the set-up page is served. */
  readonly credentials: Credentials | null;
  readonly databaseUrl: string;
  readonly host: string;
  readonly port: number;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  readonly githubApiUrl: string;
  readonly githubWebUrl: string;
  /** Password of the decisions page; null: the page is off unless `dashboardOpen`. */
  readonly dashboardPassword: string | null;
  /** The decisions page without a password, to loopback only. */
  readonly dashboardOpen: boolean;
  /** Issues handled side by side. */
  readonly concurrency: number;
  /** Threads inside one inference. */
  readonly encoderThreads: number;
}

/** Reads an absent or empty variable as absent. */
const blank = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema);
const wholeNumber = (low: number, high: number, fallback: number) =>
  blank(
    z.coerce
      .number(`must be a number from ${low} to ${high}`)
      .int(`must be a whole number from ${low} to ${high}`)
      .min(low, `must be from ${low} to ${high}`)
      .max(high, `must be from ${low} to ${high}`)
      .default(fallback),
  );
const httpUrl = z
  .url({ protocol: /^https?$/, error: 'must be an http(s) address' })
  .transform((url) => url.replace(/\/+$/, ''));

const schema = z.object({
  DATABASE_URL: blank(
    z
      .string()
      .regex(/^(sqlite:|file:|postgres:\/\/|postgresql:\/\/|[^:]*$)/, {
        error: 'must start with sqlite:, postgres:// or postgresql://, or be a file',
      })
      .default(DEFAULT_DATABASE_URL),
  ),
  HOST: blank(z.string().default('127.0.0.1')),
  PORT: wholeNumber(0, 65_535, 3000),
  LOG_LEVEL: blank(
    z
      .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
        error: 'must be fatal, error, warn, info, debug, trace or silent',
      })
      .default('info'),
  ),
  GITHUB_API_URL: blank(
    httpUrl
      .refine((url) => !isCloudApi(url.replace(/^http:/i, 'https:')) || isCloudApi(url), {
        error: 'must begin with https: tokens cross the internet',
      })
      .default('https://api.github.com'),
  ),
  GITHUB_WEB_URL: blank(httpUrl.optional()),
  DASHBOARD_PASSWORD: blank(z.string().min(12, 'must have 12 characters or more').optional()),
  DASHBOARD: blank(z.enum(['open', 'password'], 'must be open or password').default('password')),
  CONCURRENCY: wholeNumber(1, 64, 4),
  ENCODER_THREADS: wholeNumber(1, 64, 1),
});

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Parses the environment. All problems are told together, by name and never by value.
 *
 * @throws {EnvironmentError} when a setting is wrong, or when only some credentials are set
 */
export function readEnvironment(variables: Variables): Environment {
  const parsed = schema.safeParse(variables);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
  const credentials = readCredentials(variables, problems);
  if (!parsed.success || problems.length > 0) {
    throw new EnvironmentError(problems);
  }
  const { data } = parsed;
  return {
    credentials,
    databaseUrl: data.DATABASE_URL,
    host: data.HOST,
    port: data.PORT,
    logLevel: data.LOG_LEVEL,
    githubApiUrl: data.GITHUB_API_URL,
    githubWebUrl: data.GITHUB_WEB_URL ?? webUrlOf(data.GITHUB_API_URL),
    dashboardPassword: data.DASHBOARD_PASSWORD ?? null,
    dashboardOpen: data.DASHBOARD === 'open',
    concurrency: data.CONCURRENCY,
    encoderThreads: data.ENCODER_THREADS,
  };
}

/**
 * Only where the queue and the decisions are: for commands that need nothing else.
 *
 * @throws {EnvironmentError} when `DATABASE_URL` is unusable
 */
export function readStoreEnvironment(variables: Variables): { readonly databaseUrl: string } {
  const parsed = schema.pick({ DATABASE_URL: true }).safeParse(variables);
  if (!parsed.success) {
    throw new EnvironmentError(parsed.error.issues.map((issue) => `DATABASE_URL ${issue.message}`));
  }
  return { databaseUrl: parsed.data.DATABASE_URL };
}

function readCredentials(variables: Variables, problems: string[]): Credentials | null {
  const { APP_ID, PRIVATE_KEY, PRIVATE_KEY_PATH, WEBHOOK_SECRET } = variables;
  if (!APP_ID && !PRIVATE_KEY && !PRIVATE_KEY_PATH && !WEBHOOK_SECRET) {
    return null;
  }
  const appId = Number(APP_ID);
  if (!APP_ID) {
    problems.push('APP_ID is missing: the number on the App’s settings page');
  } else if (!Number.isSafeInteger(appId) || appId <= 0) {
    problems.push('APP_ID must be the App’s number, such as 123456');
  }
  const privateKey = readPrivateKey(PRIVATE_KEY, PRIVATE_KEY_PATH, problems);
  if (!WEBHOOK_SECRET) {
    problems.push('WEBHOOK_SECRET is missing: without it anyone could send deliveries');
  } else if (KNOWN_SECRETS.has(WEBHOOK_SECRET.toLowerCase())) {
    problems.push('WEBHOOK_SECRET is a well-known default: make one with "openssl rand -hex 32"');
  } else if (WEBHOOK_SECRET.length < 16) {
    problems.push('WEBHOOK_SECRET is too short: use 16 characters or more');
  }
  return { appId, privateKey: privateKey ?? '', webhookSecret: WEBHOOK_SECRET ?? '' };
}

function readPrivateKey(
  value: string | undefined,
  file: string | undefined,
  problems: string[],
): string | null {
  if (!value && !file) {
    problems.push('PRIVATE_KEY or PRIVATE_KEY_PATH is missing: the App’s key, a .pem file');
    return null;
  }
  if (!value && file && !existsSync(file)) {
    problems.push('PRIVATE_KEY_PATH names a file that does not exist');
    return null;
  }
  try {
    const text = value ? unfold(value) : readFileSync(file ?? '', 'utf8');
    createPrivateKey(text);
    return text;
  } catch {
    problems.push(
      `${value ? 'PRIVATE_KEY' : 'PRIVATE_KEY_PATH'} does not hold a private key in PEM form`,
    );
    return null;
  }
}

/** Environment files often carry a PEM on one line, with `\n` for line ends or as base64. */
function unfold(value: string): string {
  const text = value.replaceAll('\\n', '\n');
  return text.includes('-----BEGIN') ? text : Buffer.from(text, 'base64').toString('utf8');
}

/** github.com, and an enterprise's own name under ghe.com, serve their API at `api.` before the name. */
const CLOUD_API = /^https:\/\/api\.(github\.com|[a-z0-9-]+\.ghe\.com)$/i;

/** Whether an API is that of GitHub's own service and not of a server of one's own. */
export function isCloudApi(apiUrl: string): boolean {
  return CLOUD_API.test(apiUrl);
}

/** GitHub Enterprise Server serves its API under `/api/v3` of the web address. */
function webUrlOf(apiUrl: string): string {
  return apiUrl.replace(CLOUD_API, 'https://$1').replace(/\/api\/v3$/, '');
}

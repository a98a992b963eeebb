import { APP_EVENTS, APP_PERMISSIONS, OPTIONAL_PERMISSIONS } from '../dashboard/app-manifest.js';
import { type AppDescription, connectGitHub } from '../github/connect.js';
import { type Check, fail, firstLine, ok, warn } from './doctor-check.js';
import { unreachable } from './unreachable.js';

const TIMEOUT_MS = 15_000;
/** GitHub refuses tokens issued further than this in its future. */
const MAX_SKEW_MS = 60_000;
const LEVELS = ['none', 'read', 'write', 'admin'];

/** GitHub's clock, asked without credentials; throws when GitHub cannot be reached. */
type ReadServerDate = (apiUrl: string) => Promise<Date | null>;

const readServerDate: ReadServerDate = async (apiUrl) => {
  const response = await fetch(apiUrl, {
    method: 'HEAD',
    headers: { 'user-agent': 'sentinel' },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const date = new Date(response.headers.get('date') ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? null : date;
};

/** Whether GitHub answers, and how far this machine's clock is from its. */
export async function checkReachable(apiUrl: string, read = readServerDate): Promise<Check[]> {
  const start = Date.now();
  let date: Date | null;
  try {
    date = await read(apiUrl);
  } catch {
    const { text, advice } = unreachable(apiUrl);
    return [fail('github', text, advice)];
  }
  const reached = ok('github', `${new URL(apiUrl).host} answers`);
  if (date === null) return [reached];
  // The header has whole seconds; compare with the middle of the call.
  return [reached, checkClock(date.getTime() - (start + Date.now()) / 2)];
}

/** @param skewMs GitHub's clock less this machine's */
export function checkClock(skewMs: number): Check {
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  const side = skewMs > 0 ? 'behind' : 'ahead of';
  if (Math.abs(skewMs) <= MAX_SKEW_MS) return ok('clock', `within ${seconds} s of GitHub's`);
  const text = `${seconds} s ${side} GitHub's: GitHub will refuse this machine's tokens`;
  return fail('clock', text, 'Set the clock, and keep it set with NTP.');
}

/** Asks GitHub about the App as the App, and compares it with app.yml. */
export async function checkApp(
  connection: { readonly appId: number; readonly privateKey: string; readonly apiUrl: string },
  connect: (options: typeof connection) => { getApp(): Promise<AppDescription> } = connectGitHub,
): Promise<Check[]> {
  let app: AppDescription;
  try {
    app = await connect(connection).getApp();
  } catch (error) {
    const advice =
      'Check APP_ID and PRIVATE_KEY: the key must belong to this App and not be revoked.';
    return [fail('app', `GitHub does not accept the credentials: ${firstLine(error)}`, advice)];
  }
  return [ok('app', `signed in as ${app.slug}`), checkPermissions(app), checkEvents(app)];
}

/** The App's permissions against app.yml's. */
export function checkPermissions({ permissions }: Pick<AppDescription, 'permissions'>): Check {
  const level = (name: string | undefined) => LEVELS.indexOf(name ?? 'none');
  const wanted = Object.entries(APP_PERMISSIONS);
  const short = wanted.filter(([name, needed]) => level(permissions[name]) < level(needed));
  if (short.length > 0) {
    const advice =
      "Grant them in the App's settings under Permissions & events, then approve the change where it is installed.";
    const optional = short.every(([name]) => OPTIONAL_PERMISSIONS.includes(name));
    const lacking = short.map(([name, needed]) => `${name}: ${needed}`).join(', ');
    return (optional ? warn : fail)('permissions', `lacking ${lacking}`, advice);
  }
  const needs = new Map<string, string>(wanted);
  const spare = Object.entries(permissions)
    .filter(([name, given]) => level(given) > level(needs.get(name)))
    .map(([name, given]) => `${name}: ${given}`);
  if (spare.length === 0) return ok('permissions', 'as in app.yml');
  return warn(
    'permissions',
    `more than needed: ${spare.join(', ')}`,
    'Take them away from the App.',
  );
}

/** The App's webhook events against app.yml's. */
export function checkEvents({ events }: Pick<AppDescription, 'events'>): Check {
  const missing = APP_EVENTS.filter((event) => !events.includes(event));
  if (missing.length > 0) {
    const advice = "Subscribe to them in the App's settings under Permissions & events.";
    return fail('events', `not subscribed to ${missing.join(', ')}`, advice);
  }
  const spare = events.filter((event) => !APP_EVENTS.some((wanted) => wanted === event));
  if (spare.length === 0) return ok('events', 'as in app.yml');
  return warn('events', `subscribed to ${spare.join(', ')} for nothing`, 'Unsubscribe from them.');
}

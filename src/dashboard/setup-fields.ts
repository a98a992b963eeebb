import { z } from 'zod';
import { isLoopbackName } from './loopback.js';
import { parseUrl } from './parse-url.js';

/** What the form asks, as typed. */
export interface TypedFields {
  readonly name: string;
  readonly webhookUrl: string;
  readonly organisation: string;
}

/** What the form asks, checked. */
export interface SetupFields {
  readonly name: string;
  readonly webhookUrl: string;
  /** Null: the App belongs to the person who is signed in. */
  readonly organisation: string | null;
}

/** Addresses that a GitHub reaches: public ones alone, also those of its own network, also of its machine. */
export type GitHubReach = 'public' | 'network' | 'machine';

export type FieldProblems = Partial<Record<keyof TypedFields, string>>;

const NAME = /^[A-Za-z0-9][A-Za-z0-9 ._-]{0,33}$/;
const ORGANISATION = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})$/;

const typedSchema = z.object({
  name: z.string().max(200).trim().default(''),
  webhookUrl: z.string().max(2000).trim().default(''),
  organisation: z.string().max(200).trim().default(''),
});

/**
 * Checks the posted form; all problems are told together.
 *
 * @param webhookPath appended to an address without a path
 */
export function parseFields(
  form: unknown,
  { webhookPath, reach }: { webhookPath: string; reach: GitHubReach },
): { typed: TypedFields; fields: SetupFields | null; problems: FieldProblems } {
  const parsed = typedSchema.safeParse(form);
  const typed = parsed.data ?? { name: '', webhookUrl: '', organisation: '' };
  const problems: FieldProblems = {};
  if (!NAME.test(typed.name)) {
    problems.name = 'Up to 34 letters, digits, spaces, dots and dashes; it must be free on GitHub.';
  }
  if (typed.organisation !== '' && !ORGANISATION.test(typed.organisation)) {
    problems.organisation = "The organisation's name as in its address, e.g. octo-org.";
  }
  const webhookUrl = webhookAddress(typed.webhookUrl, webhookPath);
  if (webhookUrl === null) {
    problems.webhookUrl = 'An address like https://sentinel.example.org';
  } else {
    const problem = reachProblem(webhookUrl, reach);
    if (problem !== null) problems.webhookUrl = problem;
  }
  const organisation = typed.organisation === '' ? null : typed.organisation;
  const good = Object.keys(problems).length === 0 && webhookUrl !== null;
  const fields = good ? { name: typed.name, webhookUrl: webhookUrl.href, organisation } : null;
  return { typed, fields, problems };
}

function webhookAddress(text: string, webhookPath: string): URL | null {
  const url = parseUrl(text);
  if (url === null || !/^https?:$/.test(url.protocol)) return null;
  if (url.username !== '' || url.password !== '' || url.hash !== '') return null;
  if (url.pathname === '/' && url.search === '') url.pathname = webhookPath;
  return url;
}

/** Why a GitHub can't deliver to an address, or should not. */
function reachProblem({ hostname, protocol }: URL, reach: GitHubReach): string | null {
  if (reach === 'machine') return null;
  if (isLoopbackName(hostname)) return "GitHub can't reach this address: it is this machine's own.";
  if (reach === 'network') return null;
  if (isPrivate(hostname)) return "GitHub can't reach this address: it must be public.";
  // Deliveries tell what is in private repositories, and may be sent again by whoever reads them.
  return protocol === 'https:' ? null : 'It must begin with https: deliveries cross the internet.';
}

/** Names and addresses that cannot be public. */
function isPrivate(name: string): boolean {
  return (
    !/[.:]/.test(name) ||
    /\.(?:local|internal|localhost|lan)$/.test(name) ||
    /^(?:0|10|127)\.|^192\.168\.|^169\.254\.|^172\.(?:1[6-9]|2\d|3[01])\./.test(name) ||
    /^\[(?:fe80|f[cd]..):/.test(name)
  );
}

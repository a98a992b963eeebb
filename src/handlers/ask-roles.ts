import type { Installation } from '../github/connect.js';
import { readRole } from '../github/read-role.js';
import type { LabelSetterRecord } from '../store/label-setters.js';
import type { Store } from '../store/open-store.js';

type RolesStore = Pick<Store, 'labelEvents' | 'labelSetters'>;

interface Clock {
  readonly now?: () => number;
}

/** People come and go: roles are asked for again after a week. */
const HOLDS_MS = 7 * 86_400_000;

/**
 * Asks GitHub, once a week, who of those that labelled issues of others may do so.
 *
 * @returns true once all are known
 * @throws {RateLimitedError} when GitHub asks to wait; answers until then are kept
 */
export async function askRoles(
  installation: Installation,
  repository: string,
  store: RolesStore,
  clock: Clock = {},
): Promise<true> {
  for (const login of await store.labelEvents.people(repository)) {
    await roleOf(installation, repository, login, store, clock);
  }
  return true;
}

/** What is known of a person's role, asked for when it is not known or is a week old. */
export async function roleOf(
  installation: Installation,
  repository: string,
  login: string,
  store: Pick<Store, 'labelSetters'>,
  { now = Date.now }: Clock = {},
): Promise<LabelSetterRecord> {
  const name = login.toLowerCase();
  const known = await store.labelSetters.find(repository, name);
  if (known && known.checked_at > now() - HOLDS_MS) return known;
  const role = await readRole(installation, repository, name);
  const setter = {
    repository,
    login: name,
    role: role.name,
    trusted: role.mayTriage ? 1 : 0,
    checked_at: now(),
  };
  await store.labelSetters.save(setter);
  return setter;
}

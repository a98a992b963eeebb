import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const LIFETIME_MS = 3_600_000;
const MAX_PENDING = 100;

/** The `state` values handed out: unguessable, good once, for an hour. */
export class SetupStates {
  /** Digest and end of life, oldest first. */
  private pending: { readonly digest: Buffer; readonly until: number }[] = [];

  constructor(private readonly now: () => number) {}

  /** A new state; beyond a hundred open ones the oldest are forgotten. */
  issue(): string {
    const state = randomBytes(32).toString('base64url');
    this.pending.push({ digest: digestOf(state), until: this.now() + LIFETIME_MS });
    this.pending = this.pending.slice(-MAX_PENDING);
    return state;
  }

  /** Whether the state was handed out, is fresh, and was not used before; uses it up. */
  take(state: string): boolean {
    const digest = digestOf(state);
    const now = this.now();
    const found = this.pending.filter((entry) => timingSafeEqual(entry.digest, digest));
    this.pending = this.pending.filter((entry) => !found.includes(entry) && entry.until > now);
    return found.some((entry) => entry.until > now);
  }
}

function digestOf(state: string): Buffer {
  return createHash('sha256').update(state).digest();
}

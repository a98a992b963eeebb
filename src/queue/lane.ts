import { type RawBuilder, sql } from 'kysely';

/**
 * Learning from a repository takes minutes and can wait. It has a lane of its own, so that issues
 * never wait until the learning of many repositories is done.
 */
export const LANES = ['foreground', 'background'] as const;
export type Lane = (typeof LANES)[number];

/** How the keys of the background end; see `NewDelivery`. */
const BACKGROUND_KEY = '@learning';
export type BackgroundKey = `${string}${typeof BACKGROUND_KEY}`;

export function laneOf(key: string): Lane {
  return key.endsWith(BACKGROUND_KEY) ? 'background' : 'foreground';
}

/**
 * Whether a row with a `key` is one of a lane's; all are when it is undefined. Word for word as in the
 * index `jobs_background`: SQLite knows it by that.
 */
export function isInLane(lane: Lane | undefined): RawBuilder<unknown> {
  if (lane === undefined) return sql`true`;
  const isBackground = sql`substr(key, ${sql.lit(-BACKGROUND_KEY.length)}) = ${sql.lit(BACKGROUND_KEY)}`;
  return lane === 'background' ? isBackground : sql`not ${isBackground}`;
}

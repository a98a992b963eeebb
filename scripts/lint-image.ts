/** Names of settings whose values are secrets. */
export const SECRET_NAME = /password|secret|token|private_?key|credential|api_?key/i;

/** What is wrong with the name of an image, or null: it needs a tag with a version, or a digest. */
export function unpinned(image: string): string | null {
  if (/@sha256:[0-9a-f]{64}$/.test(image)) return null;
  const tag = /:([^:/]+)$/.exec(image)?.[1];
  if (tag === undefined) return `${image} has no tag, which means latest`;
  return /^\D*\d/.test(tag) ? null : `the tag of ${image} names no version`;
}

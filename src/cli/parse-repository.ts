import { InvalidArgumentError } from 'commander';

/** Reads `owner/repo` for commander. */
export function parseRepository(text: string): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,99}\/(?!\.{1,2}$)[A-Za-z0-9_.-]{1,100}$/.test(text)) {
    throw new InvalidArgumentError('It must be owner/repo, such as octo/widgets.');
  }
  return text;
}

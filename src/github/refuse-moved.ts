import { RefusedError } from './github-error.js';

/**
 * GitHub redirects to where a transferred issue is now; what we write would not go there.
 *
 * @param asked the number that was asked for
 * @throws {RefusedError} `gone`, with the new address, when the answer is another issue's
 */
export function refuseMoved(
  answer: { readonly number: number; readonly html_url: string },
  asked: number,
): void {
  if (answer.number !== asked) {
    throw new RefusedError('gone', `Could not read the issue: it was moved to ${answer.html_url}.`);
  }
}

/**
 * GitHub redirects to a repository's new name too; what is learned is kept by name, and under the
 * former one it would stay for ever.
 *
 * @param answered the address that answered in the end
 * @throws {RefusedError} `gone` when that is another than the repository's own
 */
export function refuseRenamed(answered: string, repository: string): void {
  if (!answered.toLowerCase().includes(`/repos/${repository.toLowerCase()}/`)) {
    const text = `Could not read ${repository}: it has another name or owner now.`;
    throw new RefusedError('gone', text);
  }
}

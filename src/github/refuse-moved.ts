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

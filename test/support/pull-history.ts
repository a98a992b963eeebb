import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Intercept } from '../../demo/proxy-api.js';

/**
 * Answers what GitHub knows of pull requests as issues and the emulator does not: that they are
 * listed and found among them. For repositories that have nothing but pull requests.
 *
 * @param repositories `owner/name`
 * @param next what else is answered
 */
export function pullHistory(repositories: readonly string[], next: Intercept): Intercept {
  return async (request, response, target) => {
    const url = new URL(request.url ?? '/', target);
    const [, repository = '', number] =
      /^\/repos\/([^/]+\/[^/]+)\/issues(?:\/(\d+))?$/.exec(url.pathname) ?? [];
    if (request.method !== 'GET' || !repositories.includes(repository)) {
      return next(request, response, target);
    }
    url.pathname = `/repos/${repository}/pulls${number === undefined ? '' : `/${number}`}`;
    await answerAsIssues(url, request, response);
    return true;
  };
}

async function answerAsIssues(
  url: URL,
  { headers }: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { authorization = '' } = headers;
  const found = await fetch(url, { headers: { authorization } });
  const body = (await found.json()) as object | object[];
  const asIssue = (pull: object) => ({ ...pull, pull_request: {} });
  response.writeHead(found.status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(Array.isArray(body) ? body.map(asIssue) : asIssue(body)));
}

import { html } from 'hono/html';
import type { Intercept } from './proxy-api.js';

const ISSUE_PAGE = /^\/([^/]+)\/([^/]+)\/issues\/(\d+)$/;

/** The parts of an issue that its page shows. */
interface ShownIssue {
  readonly title: string;
  readonly body: string | null;
  readonly user: { readonly login: string } | null;
  readonly labels: readonly { readonly name: string; readonly color: string }[];
}

/**
 * Answers `/owner/name/issues/1` with a small page: the emulator has an API only, and links on the
 * decisions page should lead somewhere.
 */
export const showIssuePage: Intercept = async (request, response, target) => {
  const [, owner, name, number] = ISSUE_PAGE.exec(request.url ?? '') ?? [];
  if (request.method !== 'GET' || owner === undefined || owner === 'repos') return false;
  const answer = await fetch(`${target}/repos/${owner}/${name}/issues/${number}`);
  if (!answer.ok) return false;
  const page = issuePage(`${owner}/${name}#${number}`, (await answer.json()) as ShownIssue);
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
  });
  response.end(String(await page));
  return true;
};

function issuePage(reference: string, issue: ShownIssue): ReturnType<typeof html> {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${issue.title} · ${reference}</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem; color-scheme: light dark }
pre { white-space: pre-wrap; overflow-wrap: anywhere; border: 1px solid #8886; border-radius: 6px; padding: 1rem }
.label { border: 1px solid currentColor; border-radius: 1em; padding: .1em .7em; margin-right: .4em }
</style></head><body>
<p>${reference} on the emulated GitHub, opened by ${issue.user?.login ?? 'nobody'}</p>
<h1>${issue.title}</h1>
<p>${
    issue.labels.length === 0
      ? 'No labels'
      : issue.labels.map(({ name }) => html`<span class="label">${name}</span>`)
  }</p>
<pre>${issue.body ?? ''}</pre>
</body></html>`;
}

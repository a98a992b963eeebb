import { html } from 'hono/html';
import type { AppManifest } from './app-manifest.js';
import { layout, type Markup } from './layout.js';
import type { FieldProblems, TypedFields } from './setup-fields.js';

/** The first page: three fields, and what they are for. */
export function setupPage(view: {
  readonly typed: TypedFields;
  readonly problems: FieldProblems;
  readonly webhookPath: string;
}): Markup {
  const { typed, problems, webhookPath } = view;
  return layout({
    title: 'Set up',
    width: 'narrow',
    content: html`<h1>Connect Sentinel to GitHub</h1>
<p>Sentinel runs as a GitHub App of your own. GitHub creates it in two clicks and hands the keys straight to this machine; nothing has to be copied.</p>
<form class="setup" action="/setup" method="post">
${field({ id: 'name', label: 'App name', value: typed.name, problem: problems.name, hint: 'Shown as the author of labels and comments. Must be free on GitHub.', attributes: html`required maxlength="34"` })}
${field({ id: 'webhookUrl', label: 'Public address of this server', value: typed.webhookUrl, problem: problems.webhookUrl, hint: html`GitHub sends webhooks here. Without a path, <code>${webhookPath}</code> is added.`, attributes: html`required type="url" placeholder="https://sentinel.example.org"` })}
${field({ id: 'organisation', label: 'Organisation (optional)', value: typed.organisation, problem: problems.organisation, hint: 'Leave empty to create the App under your own account.', attributes: html`maxlength="39" placeholder="octo-org"` })}
<div><button class="primary" type="submit">Review</button></div>
</form>
<h2>No public address?</h2>
<p>Use a tunnel that passes requests on byte for byte, such as <code>cloudflared</code>, <code>ngrok</code> or <code>tailscale funnel</code>, and enter its https address. Relays in the manner of smee.io rebuild the JSON on the way: the signature of an unusual body then no longer fits, and Sentinel refuses it. They also show your deliveries to anyone who knows the channel.</p>
<h2>What it may do</h2>
<p>Read and label issues and pull requests, leave a comment, show a check, and read the repository's files, of which it reads <code>.github/sentinel.yml</code> and few others. It can't write code. You choose the repositories when you install it.</p>`,
  });
}

function field(input: {
  readonly id: keyof TypedFields;
  readonly label: string;
  readonly value: string;
  readonly problem: string | undefined;
  readonly hint: Markup | string;
  readonly attributes: Markup;
}): Markup {
  const { id, label, value, problem, hint, attributes } = input;
  const wrong = problem !== undefined;
  return html`<div class="field"><label for="${id}">${label}</label>
<input id="${id}" name="${id}" value="${value}" autocomplete="off" spellcheck="false" aria-describedby="${id}-hint"${wrong ? html` aria-invalid="true"` : ''} ${attributes}>
<small id="${id}-hint">${wrong ? html`<span class="wrong">${problem}</span>` : hint}</small></div>`;
}

/** The second page: what GitHub will be asked, and the button that asks. */
export function reviewPage(view: {
  readonly manifest: AppManifest;
  readonly organisation: string | null;
  /** GitHub's form, with the state. */
  readonly action: string;
}): Markup {
  const { manifest, organisation, action } = view;
  const permissions = Object.entries(manifest.default_permissions);
  return layout({
    title: 'Review',
    width: 'narrow',
    content: html`<h1>Create the App on GitHub</h1>
<p>GitHub shows the name once more, creates the App and sends you back here.</p>
<form class="setup" action="${action}" method="post">
<dl class="facts">
<dt>Name</dt><dd>${manifest.name}</dd>
<dt>Owner</dt><dd>${organisation ?? 'you'}</dd>
<dt>Webhooks to</dt><dd><code>${manifest.hook_attributes.url}</code></dd>
<dt>Permissions</dt><dd>${permissions.map(([name, level]) => html`${name.replace('_', ' ')}: ${level}<br>`)}</dd>
<dt>Events</dt><dd>${manifest.default_events.join(', ')}</dd>
<dt>Visibility</dt><dd>private: only its owner can install it</dd>
</dl>
<input type="hidden" name="manifest" value="${JSON.stringify(manifest)}">
<div><button class="primary" type="submit">Create on GitHub</button></div>
</form>
<p><a href="/">← Change something</a></p>
<p>The link is good for an hour.</p>`,
  });
}

import { html } from 'hono/html';
import type { LabelStats, LearnedStats, RepositoryStats } from '../learning/repository-stats.js';
import { layout, type Markup } from './layout.js';
import type { ShownLabels } from './read-labels.js';
import { agoText, utcText } from './time-text.js';

const USES: Readonly<Record<LabelStats['use'], { readonly text: string; readonly chip: string }>> =
  {
    put: { text: 'put on', chip: 'applied' },
    switched: { text: 'suggested', chip: 'suggested' },
    unproven: { text: 'off', chip: '' },
    'zero-config': { text: 'not learned', chip: '' },
  };

/** What Sentinel has learned of each repository's labels, beside how they fare. */
export function labelsPage(
  { repositories, more }: ShownLabels,
  { now, asked }: { readonly now: number; readonly asked?: string | undefined },
): Markup {
  return layout({
    title: 'Labels',
    aside: html`<nav aria-label="Pages"><a href="/decisions">Decisions</a></nav>`,
    content: html`<h1 class="visually-hidden">Labels</h1>
${repositories.length === 0 ? empty(asked) : repositories.map((stats) => section(stats, now))}
${moreRepositories(more)}`,
  });
}

function empty(asked: string | undefined): Markup {
  return asked === undefined
    ? html`<div class="empty"><p>No history yet.</p><p>It is read when the App is installed, or by <code>sentinel learn OWNER/REPO</code>.</p></div>`
    : html`<div class="empty"><p>Nothing is known of the labels of <bdi>${asked}</bdi>.</p><p><a href="/labels">Show all repositories</a></p></div>`;
}

function moreRepositories(names: readonly string[]): Markup | string {
  if (names.length === 0) return '';
  const link = (name: string) =>
    html`<li><a href="/labels?${String(new URLSearchParams({ repository: name }))}"><bdi>${name}</bdi></a></li>`;
  return html`<section class="labels"><h2>${names.length} more ${names.length === 1 ? 'repository' : 'repositories'}</h2>
<ul>${names.map(link)}</ul></section>`;
}

function section(stats: RepositoryStats, now: number): Markup {
  return html`<section class="labels"><h2><bdi>${stats.repository}</bdi></h2>
<p class="where">${headText(stats, now)}</p>
${stats.labels.length === 0 ? '' : table(stats, stats.repository)}
${leftOut(stats)}
${pullsPart(stats, now)}</section>`;
}

/** Pull requests, where anything is known of their labels. */
function pullsPart({ repository, pulls }: RepositoryStats, now: number): Markup | string {
  if (pulls.head === null && pulls.labels.length === 0 && pulls.labelled === 0) return '';
  return html`<h3>Pull requests</h3>
<p class="where">${pulls.labelled} with labels in the history. ${pulls.head ? learnedText(pulls.head, 'pull requests', now) : nothingText(pulls.result)}</p>
${pulls.labels.length === 0 ? '' : table(pulls, `pull requests of ${repository}`)}
${leftOut(pulls)}`;
}

function headText({ head, issues, historyReadAt, result }: RepositoryStats, now: number): Markup {
  const history = html`${issues} issues in the history${historyReadAt === null ? ', still reading' : ''}`;
  if (!head) return html`${history}. ${nothingText(result)}`;
  return html`${history}. ${learnedText(head, 'issues', now)}`;
}

function nothingText(result: string | null): Markup {
  return html`Nothing learned yet. <bdi>${result ?? ''}</bdi>`;
}

function learnedText(head: NonNullable<LearnedStats['head']>, things: string, now: number): Markup {
  const learned = Date.parse(head.learnedAt);
  return html`Head ${head.version}, learned <time datetime="${head.learnedAt}" title="${utcText(learned)}">${agoText(learned, now)}</time> from ${head.learnedFrom} ${things}, promises ${share(head.promise)}.`;
}

function table({ labels, head }: LearnedStats, whose: string): Markup {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Labels of ${whose}"><table>
<thead><tr><th scope="col">Label</th><th scope="col">Use</th><th scope="col" class="figure">Examples</th><th scope="col" class="figure">Backtested</th><th scope="col" class="figure">at least</th><th scope="col" class="figure">Coverage</th><th scope="col" class="figure">Last 30 days</th></tr></thead>
<tbody>${labels.map((label) => row(label, head?.promise ?? null))}</tbody></table></div>`;
}

function row(label: LabelStats, promise: number | null): Markup {
  const { backtest, live, because } = label;
  const use = USES[label.use];
  const below = promise !== null && live.precision !== null && live.precision < promise;
  return html`<tr><th scope="row"><span class="label"><bdi>${label.label}</bdi></span></th>
<td><span class="chip ${use.chip}">${use.text}</span>${because ? html` <small><bdi>${because}</bdi></small>` : ''}</td>
<td class="figure">${label.examples ?? '–'}</td>
<td class="figure">${share(backtest?.precision ?? null)}</td>
<td class="figure">${share(backtest?.precisionLowerBound ?? null)}</td>
<td class="figure">${share(backtest?.coverage ?? null)}</td>
<td class="figure ${below ? 'below' : ''}">${live.put === 0 ? '–' : html`${share(live.precision)} <small>of ${live.put}</small>`}</td></tr>`;
}

function leftOut({ leftOut: labels }: LearnedStats): Markup | string {
  if (labels.length === 0) return '';
  return html`<details><summary>${labels.length} ${labels.length === 1 ? 'label' : 'labels'} not learned</summary><ul>${labels.map(({ name, examples, reason }) => html`<li><bdi>${name}</bdi>, ${examples} ${examples === 1 ? 'example' : 'examples'}: ${reason}</li>`)}</ul></details>`;
}

/** Floored, so that a share never reads as the promise it missed. */
function share(value: number | null): string {
  return value === null ? '–' : `${(Math.floor(value * 1000 + 1e-6) / 10).toFixed(1)} %`;
}

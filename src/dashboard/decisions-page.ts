import { html } from 'hono/html';
import type { QueueCounts } from '../queue/queue.js';
import type { LabelSwitchRecord } from '../store/label-switches.js';
import { type DecisionFilter, filterQuery, OUTCOMES, type Outcome } from './decision-filter.js';
import { decisionItem } from './decision-item.js';
import { layout, type Markup } from './layout.js';
import type { ConfigProblem } from './read-config-problems.js';
import type { DecisionPage } from './read-decisions.js';
import { agoText, utcText } from './time-text.js';

/** Days that the counts beside the outcomes look back. */
export const COUNTED_DAYS = 30;

/** Everything `GET /decisions` shows. */
export interface DecisionsView {
  readonly filter: DecisionFilter;
  readonly page: DecisionPage;
  readonly repositories: readonly string[];
  /** Counts of the last days; an outcome that never occurred is absent. */
  readonly outcomes: ReadonlyMap<string, number>;
  readonly problems: readonly ConfigProblem[];
  /** Labels that fell below the promise. */
  readonly switches: readonly LabelSwitchRecord[];
  readonly queue: QueueCounts;
  readonly githubWebUrl: string;
  readonly now: number;
}

/** The page of decisions: what needs attention, the filters, then the list. */
export function decisionsPage(view: DecisionsView): Markup {
  return layout({
    title: 'Decisions',
    aside: html`<nav aria-label="Pages"><a href="/labels">Labels</a></nav>${queueStrip(view.queue, view.now)}`,
    content: html`<h1 class="visually-hidden">Decisions</h1>
${deadLetters(view.queue.dead)}
${configProblems(view.problems, view.now)}
${switchedLabels(view.switches, view.now)}
${filters(view)}
${list(view)}`,
  });
}

/** The queue in one line. */
function queueStrip(queue: QueueCounts, now: number): Markup {
  const states = ['ready', 'delayed', 'running', 'dead'] as const;
  const waits = queue.oldestReadyMs >= 60_000;
  return html`<dl class="queue" aria-label="Queue">
${states.map((state) => html`<div class="${state === 'dead' && queue.dead > 0 ? 'bad' : ''}"><dt>${state}</dt><dd>${queue[state]}</dd></div>`)}
${waits ? html`<div class="bad"><dt>oldest queued</dt><dd>${agoText(now - queue.oldestReadyMs, now)}</dd></div>` : ''}
</dl>`;
}

function deadLetters(count: number): Markup | string {
  if (count === 0) return '';
  return html`<section class="notice bad"><h2>${count} dead ${count === 1 ? 'letter' : 'letters'}</h2>
<p>Deliveries that failed on every attempt. See why with <code>sentinel queue list --state dead</code>, then <code>sentinel queue retry ID</code> or <code>sentinel queue drop ID</code>.</p></section>`;
}

function configProblems(problems: readonly ConfigProblem[], now: number): Markup | string {
  if (problems.length === 0) return '';
  return html`<section class="notice warn"><h2>Configuration problems</h2>
${problems.map(
  (
    problem,
  ) => html`<h3><bdi>${problem.repository}</bdi> <small>${inForceText(problem)}; checked <time title="${utcText(problem.checkedAt)}">${agoText(problem.checkedAt, now)}</time></small></h3>
<ul>${problem.errors.map(
    ({ file, line, key, message }) =>
      html`<li><code>${file}${line === null ? '' : `:${line}`}</code> ${key === '' ? '' : html`<code class="key">${key}</code> `}<bdi>${message}</bdi></li>`,
  )}</ul>`,
)}</section>`;
}

function inForceText({ inForce: { kind, mode } }: ConfigProblem): Markup {
  const holds =
    kind === 'last good'
      ? 'the last good configuration stays in use'
      : 'there is no good one from before, so the defaults are in use';
  return html`${holds}: <code>mode: ${mode}</code>${mode === 'apply' ? ', labels are put on' : ''}`;
}

function switchedLabels(switches: readonly LabelSwitchRecord[], now: number): Markup | string {
  if (switches.length === 0) return '';
  return html`<section class="notice warn"><h2>Labels that fell below their promise</h2>
<ul>${switches.map(
    ({ repository, label, put, kept, promise, since }) =>
      html`<li><bdi>${repository}</bdi>: <span class="label"><bdi>${label}</bdi></span> is only suggested since <time title="${utcText(since)}">${agoText(since, now)}</time>. Of ${put} put on, people let ${kept} be; ${Math.round(promise * 1000) / 10} % were promised. It is put on again once a new learning shows that it keeps the promise.</li>`,
  )}</ul></section>`;
}

function filters(view: DecisionsView): Markup {
  const { filter, repositories, outcomes } = view;
  const total = [...outcomes.values()].reduce((sum, count) => sum + count, 0);
  const tab = (outcome: Outcome | undefined, text: string, count: number) =>
    html`<a href="${filterQuery(filter, { outcome })}"${filter.outcome === outcome ? html` aria-current="true"` : ''}>${text} <span>${count}</span></a>`;
  const names = Object.keys(OUTCOMES) as Outcome[];
  // A repository that is filtered for but unknown still shows in the field.
  const asked = filter.repository;
  const options = asked && !repositories.includes(asked) ? [asked, ...repositories] : repositories;
  return html`<div class="filters">
<nav class="tabs" aria-label="Outcome" title="Counts of the last ${COUNTED_DAYS} days">${tab(undefined, 'all', total)}${names.map((name) => tab(name, OUTCOMES[name], outcomes.get(name) ?? 0))}</nav>
<form action="/decisions" method="get">
${filter.outcome ? html`<input type="hidden" name="outcome" value="${filter.outcome}">` : ''}
<label for="repository" class="visually-hidden">Repository</label>
<select id="repository" name="repository"><option value="">All repositories</option>
${options.map((name) => html`<option value="${name}"${name === asked ? html` selected` : ''}>${name}</option>`)}
</select> <button type="submit">Show</button>
</form></div>`;
}

function list({ page, filter, githubWebUrl, now }: DecisionsView): Markup {
  if (page.decisions.length === 0) return emptyList(filter);
  const { older } = page;
  return html`<ol class="decisions">${page.decisions.map((decision) => decisionItem(decision, { githubWebUrl, now }))}</ol>
<nav class="paging" aria-label="Older and newer">
${filter.before ? html`<a href="${filterQuery(filter, {})}">← Newest</a>` : html`<span></span>`}
${older ? html`<a href="${filterQuery(filter, { before: older })}" rel="next">Older →</a>` : html`<span>That's all.</span>`}
</nav>`;
}

function emptyList(filter: DecisionFilter): Markup {
  const filtered = filter.repository || filter.outcome || filter.before;
  if (filtered) {
    return html`<div class="empty"><p>No decision matches this filter.</p><p><a href="/decisions">Show all decisions</a></p></div>`;
  }
  return html`<div class="empty"><p>No decisions yet.</p><p>The first appears when an issue is opened in a repository where Sentinel is installed.</p></div>`;
}

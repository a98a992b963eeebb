import { html, raw } from 'hono/html';
import { ISSUE_CLASSES } from '../triage/plan.js';
import { OUTCOMES, type Outcome } from './decision-filter.js';
import type { Markup } from './layout.js';
import type { Decision, ShownPlan } from './read-decisions.js';
import { safeLink } from './safe-link.js';
import { agoText, durationText, utcText } from './time-text.js';

/** One decision of the list. */
export function decisionItem(
  decision: Decision,
  page: { readonly githubWebUrl: string; readonly now: number },
): Markup {
  const { plan } = decision;
  return html`<li class="decision">
<div class="verdict">${outcomeChip(decision.outcome)}${labels(decision)}</div>
<div class="what">
<h2>${issueLink(decision, page.githubWebUrl)}</h2>
<p class="where"><bdi>${decision.repository}</bdi> #${decision.issue}</p>
${reasons(plan)}
</div>
${scoreBars(plan)}
<p class="when">${timeOf(decision.decidedAt, page.now)}
<span>${decision.event} · ${durationText(decision.durationMs)}</span>
<span>${modelWords(plan?.model ?? 'model not asked')}</span></p>
</li>`;
}

/** Words that break between one another only: a version's hyphens are no place to. */
function modelWords(model: string): Markup {
  return html`${model.split(' ').map((word) => html`<span class="whole">${word}</span> `)}`;
}

/** The outcome as a coloured word. */
function outcomeChip(outcome: string): Markup {
  const known = Object.hasOwn(OUTCOMES, outcome);
  const text = known ? OUTCOMES[outcome as Outcome] : outcome;
  return html`<span class="chip ${known ? outcome : 'unknown'}">${text}</span>`;
}

/** Labels added, or those that would have been. */
function labels({ plan }: Decision): Markup {
  const names = plan?.addLabels ?? [];
  return html`${names.map((name) => html`<span class="label"><bdi>${name}</bdi></span>`)}`;
}

function issueLink({ url, title }: Decision, githubWebUrl: string): Markup {
  const href = safeLink(url, githubWebUrl);
  const text = title.trim() === '' ? '(no title)' : title;
  if (href === null) return html`<bdi>${text}</bdi>`;
  return html`<a href="${href}" rel="noopener noreferrer"><bdi>${text}</bdi></a>`;
}

function reasons(plan: ShownPlan | null): Markup {
  if (plan === null) return html`<p class="reason">The record of this decision can't be read.</p>`;
  return html`${plan.reasons.map((reason) => html`<p class="reason"><bdi>${reason.text}</bdi></p>`)}`;
}

const SHOWN_SCORES = 3;

/** Three bars with their numbers; the bar is decoration, the number is the text. */
function scoreBars(plan: ShownPlan | null): Markup {
  const scores = plan?.scores;
  if (!scores) return html`<p class="scores none">no scores</p>`;
  const shown = shownScores(scores);
  const best = Math.max(...shown.map(([, score]) => score));
  return html`<dl class="scores">${shown.map(([name, score]) => scoreBar(name, score, score === best))}</dl>`;
}

/** An issue's classes in their order; of a change's ten types the likeliest. */
function shownScores(scores: Readonly<Record<string, number>>): [string, number][] {
  const all = Object.entries(scores);
  return all.length <= SHOWN_SCORES
    ? all
    : all.toSorted(([, a], [, b]) => b - a).slice(0, SHOWN_SCORES);
}

function scoreBar(name: string, score: number, isBest: boolean): Markup {
  const share = Math.min(1, Math.max(0, score)) * 100;
  // Floored, so that a score never reads as the threshold it missed.
  const text = (Math.floor(share * 10 + 1e-6) / 10).toFixed(1);
  // The name comes from the store: only one that is known may stand in raw markup.
  const colour = ISSUE_CLASSES.find((known) => known === name) ?? '';
  const bar = `<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="8"/><rect class="fill ${colour}" width="${share.toFixed(1)}" height="8"/></svg>`;
  return html`<div class="${isBest ? 'score best' : 'score'}"><dt>${name}</dt><dd>${raw(bar)}<span class="number">${text} %</span></dd></div>`;
}

function timeOf(iso: string, now: number): Markup {
  const time = Date.parse(iso);
  return html`<time datetime="${iso}" title="${utcText(time)}">${agoText(time, now)}</time>`;
}

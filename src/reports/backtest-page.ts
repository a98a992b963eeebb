import { html, raw } from 'hono/html';
import type { BacktestReport, Mistake } from '../learning/backtest.js';
import type { LabelReport } from '../learning/backtest-labels.js';
import { drawChart } from './draw-chart.js';
import { labelTable } from './label-table.js';
import { precisionCurve } from './precision-curve.js';
import { reliabilityDiagram } from './reliability-diagram.js';
import { REPORT_STYLE } from './report-style.js';
import { shareText } from './share-text.js';

type Markup = ReturnType<typeof html>;

/** Nothing may be fetched and no script may run, whatever an issue's title says. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/**
 * A backtest as one HTML file: table, precision–coverage curves, reliability diagram, worst mistakes.
 * It needs nothing else to be shown, runs no script, and escapes what comes from issues.
 *
 * @param about.subject what was judged: `owner/name` or a file's name
 * @param about.judgedAt ISO 8601
 * @param about.things what its rows are, "issues" or "pull requests"
 */
export async function backtestPage(
  report: BacktestReport,
  about: { readonly subject: string; readonly judgedAt: string; readonly things: string },
): Promise<string> {
  const page = await html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${raw(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Backtest of ${about.subject} · Sentinel</title>
<style>${raw(REPORT_STYLE)}</style>
</head>
<body><main>
<h1>Backtest of <bdi>${about.subject}</bdi></h1>
<p class="soft">${judgedText(report, about.things)} Judged on ${about.judgedAt.slice(0, 10)}.</p>
${facts(report)}
${labelTable(report)}
${curves(report)}
${calibration(report)}
${mistakes(report.mistakes)}
</main></body>
</html>
`;
  return String(page);
}

function judgedText({ issues, slices }: BacktestReport, things: string): string {
  const first = slices[0]?.from.slice(0, 10) ?? '';
  const last = slices.at(-1)?.to.slice(0, 10) ?? '';
  return [
    `Learned from the past, judged what came next: ${issues.judged} of ${issues.all} ${things}, opened from ${first} to ${last}, in ${slices.length} slices.`,
    issues.seenByEncoder === 0
      ? ''
      : `${issues.seenByEncoder} were used to train the encoder and count in no figure.`,
    issues.duplicates === 0 ? '' : `${issues.duplicates} that repeat another were counted once.`,
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

function facts({ labels, precision, macroF1, calibrationError }: BacktestReport): Markup {
  const promised = labels.filter((label) => label.proposedPrecision !== null);
  const kept = promised.filter((label) => (label.proposedPrecision ?? 0) >= precision);
  const fact = (name: string, value: string, more: string) =>
    html`<div><dt>${name}</dt><dd>${value} <small>${more}</small></dd></div>`;
  return html`<dl class="facts">
${fact('Mean F1', shareText(macroF1.head), '')}
${fact('… of the zero-config model', shareText(macroF1.zeroConfig), 'a label it has no class for counts 0')}
${fact('… of the majority label', shareText(macroF1.majority), '')}
${fact(`Labels that kept ${shareText(precision)}`, String(kept.length), `of ${promised.length} proposed, ${labels.length} learned`)}
${fact('Calibration error', shareText(calibrationError), '')}
</dl>`;
}

function curves({ labels, precision }: BacktestReport): Markup {
  return html`<section><h2>Precision and coverage</h2>
<p>For each label the surest first. The dashed line is the promise; the dot is what would have been proposed at the thresholds that the slices before each one showed.</p>
<div class="charts">${labels.map((label) => curve(label, precision))}</div></section>`;
}

function curve(label: LabelReport, promise: number): Markup {
  const proposed =
    label.proposedPrecision === null
      ? 'nothing proposed'
      : `${label.proposed} proposed, ${shareText(label.proposedPrecision)} right`;
  return html`<figure><figcaption><span class="label"><bdi>${label.name}</bdi></span> ${proposed}</figcaption>
${raw(drawChart(precisionCurve(label, promise), { width: 360, height: 220 }))}</figure>`;
}

function calibration({ reliability, calibrationError }: BacktestReport): Markup {
  return html`<section><h2>Reliability</h2>
<p>When the likeliest label was said to be 80 % likely, how often was it right? On the diagonal, as often as said. Each dot is a tenth of the scale, with the number of judgements in it; on average they are ${shareText(calibrationError)} apart.</p>
<figure class="wide">${raw(drawChart(reliabilityDiagram(reliability), { width: 540, height: 380 }))}</figure></section>`;
}

function mistakes(worst: readonly Mistake[]): Markup | string {
  if (worst.length === 0) return '';
  return html`<section><h2>Worst mistakes</h2>
<p>Sure and wrong, by what people labelled. Some are the model's mistakes, some are labels that were never set or set wrongly.</p>
${worst.map(
  ({ title, body, createdAt, proposed, probability, labels }) =>
    html`<article class="mistake"><h3><bdi>${title}</bdi></h3>
<p class="soft">${createdAt.slice(0, 10)} · would say <span class="label"><bdi>${proposed}</bdi></span> with ${shareText(probability)} · people set ${labelList(labels)}</p>
${body.trim() === '' ? '' : html`<blockquote dir="auto">${body.trim()}</blockquote>`}</article>`,
)}</section>`;
}

function labelList(labels: readonly string[]): Markup | string {
  if (labels.length === 0) return 'none';
  return html`${labels.map((name) => html`<span class="label"><bdi>${name}</bdi></span> `)}`;
}

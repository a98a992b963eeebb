import { html } from 'hono/html';
import type { BacktestReport } from '../learning/backtest.js';
import type { LabelReport } from '../learning/backtest-labels.js';
import { shareText } from './share-text.js';

type Markup = ReturnType<typeof html>;

/** Every label's figures, then the labels that were not learned. */
export function labelTable({ labels, leftOut, precision }: BacktestReport): Markup {
  return html`<section><h2>Labels</h2>
<p>First how well the likeliest label is guessed; then what would have been proposed to keep a precision of ${shareText(precision)}, where “at least” leaves room for chance (lower Wilson bound, 90 %).</p>
<div class="scroll" tabindex="0" role="region" aria-label="Labels"><table>
<thead><tr><th rowspan="2" scope="col">Label</th><th rowspan="2" scope="col">Support</th><th colspan="5" scope="colgroup" class="over">likeliest label</th><th colspan="3" scope="colgroup" class="over">proposed</th><th colspan="2" scope="colgroup" class="over">F1 of others</th></tr>
<tr><th scope="col">Precision</th><th scope="col">Recall</th><th scope="col">F1</th><th scope="col">Average<br>precision</th><th scope="col">Calibration<br>error</th><th scope="col">Coverage</th><th scope="col">Precision</th><th scope="col">at least</th><th scope="col">zero-config</th><th scope="col">majority</th></tr></thead>
<tbody>${labels.map((label) => row(label, precision))}</tbody></table></div>
${leftOutList(leftOut)}</section>`;
}

function row(label: LabelReport, promise: number): Markup {
  const { proposedPrecision } = label;
  const kept = proposedPrecision === null ? '' : proposedPrecision >= promise ? 'good' : 'bad';
  const figures = [label.precision, label.recall, label.f1, label.averagePrecision];
  return html`<tr><th scope="row"><span class="label"><bdi>${label.name}</bdi></span></th><td>${label.support}</td>
${figures.map((figure) => html`<td>${shareText(figure)}</td>`)}<td>${shareText(label.calibrationError)}</td>
<td>${shareText(label.coverage)}</td><td class="${kept}">${shareText(proposedPrecision)}</td><td>${shareText(label.precisionLowerBound)}</td>
<td>${shareText(label.zeroConfig?.f1)}</td><td>${shareText(label.majorityF1)}</td></tr>`;
}

function leftOutList(leftOut: BacktestReport['leftOut']): Markup | string {
  if (leftOut.length === 0) return '';
  return html`<details><summary>${leftOut.length} ${leftOut.length === 1 ? 'label' : 'labels'} not learned</summary><ul>${leftOut.map(
    ({ name, examples, reason }) =>
      html`<li><bdi>${name}</bdi>, ${examples} ${examples === 1 ? 'example' : 'examples'}: ${reason}</li>`,
  )}</ul></details>`;
}

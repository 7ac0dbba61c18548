import { diagram } from './diagram';
import { entriesOf } from './entries';
import { changeFold, outputFold, row } from './html-change';
import { policyCards } from './html-policy';
import { riskCards } from './html-risks';
import { STYLE } from './html-style';
import { type Html, html, Html as Raw, NONE } from './html-text';
import { COUNTED, type Loss, type Report, type StackReport, type Verdict } from './model';
import { name, visible } from './visible';
import { actionWord, circumstances, VERDICTS } from './words';
import { count } from './verdict';

export interface HtmlOptions {
  /** What is reviewed, for the heading: names of environments. */
  readonly title: string;
}

/** The report as one page that needs nothing else: no script, no font, no picture from anywhere. Nothing is cut. */
export function htmlPage(report: Report, options: HtmlOptions): string {
  const { word } = VERDICTS[report.verdict];
  const title = name(options.title);
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <meta name="referrer" content="no-referrer" />
        <title>${word}: ${title} – plan review</title>
        <style>
          ${new Raw(STYLE)}
        </style>
      </head>
      <body>
        <main>
          <header class="verdict ${report.verdict}">
            <h1>Plan review: ${title}</h1>
            <strong>${icon(report.verdict)} ${word}</strong>
            <p>${report.sentence}</p>
          </header>
          ${counts(report)} ${problems(report)} ${picture(report)} ${losses(report)} ${riskCards(report.risks)}
          ${report.policy !== undefined && policyCards(report.policy)} ${stacks(report)}
          <footer>${footer(report)}</footer>
        </main>
      </body>
    </html> `;
  return page.text;
}

/** Drawn, since not every machine has a font with such signs. */
const ICONS: Readonly<Record<Verdict, string>> = {
  incomplete: 'M8 2h8l6 6v8l-6 6H8l-6-6V8zM8 8l8 8M16 8l-8 8',
  stop: 'M8 2h8l6 6v8l-6 6H8l-6-6V8zM12 7v6M12 16.5v.5',
  look: 'M12 3 22 21H2zM12 10v5M12 17.5v.5',
  routine: 'M12 2a10 10 0 1 0 .01 0zM7.5 12.5l3 3 6-7',
  nothing: 'M12 2a10 10 0 1 0 .01 0zM7.5 12.5l3 3 6-7',
};

const icon = (verdict: Verdict): Html =>
  html`<svg viewBox="0 0 24 24" aria-hidden="true">
    <path d="${ICONS[verdict]}" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round" />
  </svg>`;

const counts = ({ counts: all }: Report): Html =>
  html`<ul class="counts">
    ${COUNTED.map((key) => html`<li class="${all[key] === 0 ? 'zero' : key}"><b>${all[key].toLocaleString('en')}</b>${key}</li>`)}
  </ul>`;

function picture({ stacks: all }: Report): Html {
  const drawn = diagram(all);
  return drawn === undefined
    ? NONE
    : html`<h2>Stacks, in the order in which they are applied</h2>
        ${drawn}`;
}

const STATUS = {
  fail: 'Check failed',
  error: 'Check could not be evaluated',
  unknown: 'Check known only after apply',
  pass: 'Check passed',
} as const;

function problems({ stacks: all, gone, notices }: Report): Html {
  const cards = [
    ...all
      .filter(({ errored }) => errored)
      .map(
        ({ stack }) =>
          html`<div class="card high">Planning <code>${name(stack)}</code> ended with an error: what is here is a part of it.</div>`,
      ),
    ...all
      .filter(({ complete, errored }) => !complete && !errored)
      .map(
        ({ stack }) =>
          html`<div class="card medium">
            Applying <code>${name(stack)}</code> will not be enough: a part of it is left for a later run.
          </div>`,
      ),
    ...all.flatMap(({ stack, checks }) =>
      checks.map(
        ({ address, status, messages }) =>
          html`<div class="card ${status === 'unknown' ? 'medium' : 'high'}">
            ${STATUS[status]} in <code>${name(stack)}</code>:
            <code>${name(address)}</code>${messages.map((message) => html`<p>${visible(message)}</p>`)}
          </div>`,
      ),
    ),
    ...gone.map(
      (stack) =>
        html`<div class="card medium">
          <code>${name(stack)}</code> is synthesized no more. Its resources stay as they are: destroy it first, or take them over.
        </div>`,
    ),
    ...notices.map((notice) => html`<div class="card">${visible(notice)}</div>`),
  ];
  return cards.length === 0 ? NONE : html`<section aria-label="Notices">${cards}</section>`;
}

function losses({ losses: all }: Report): Html {
  if (all.length === 0) return NONE;
  return html`<h2>What is deleted, replaced or let go</h2>
    ${all.map(lossCard)}`;
}

/** As many as in Markdown; the change itself, below, has them all. */
const FORCING = 6;

function lossCard({ change, forcedBy, forcedByPaths, reason, lost, harmless }: Loss): Html {
  const { entries } = entriesOf(forcedBy);
  const forced = entries.slice(0, FORCING).map((entry) => row({ ...entry, forces: false }));
  const more = entries.length > FORCING && html`<li class="soft">and ${entries.length - FORCING} more</li>`;
  const paths = forcedByPaths.map((path) => html`<li><code>${name(path)}</code></li>`);
  return html`<div class="card ${harmless ? 'low' : 'high'}">
    <h3><span class="${change.action}">${actionWord(change)}</span> <code>${name(change.construct)}</code></h3>
    <dl>
      <dt>type</dt>
      <dd>${name(change.type)}</dd>
      ${circumstances(change).map(
        (text) =>
          html`<dt>order</dt>
            <dd>${text}</dd>`,
      )}${
        forced.length + paths.length > 0 &&
        html`<dt>forced by</dt>
          <dd>
            <ul class="rows">
              ${forced}${paths}${more}
            </ul>
          </dd>`
      }${
        reason !== undefined &&
        forced.length + paths.length === 0 &&
        html`<dt>because</dt>
          <dd>${reason}</dd>`
      }
      <dt>lost</dt>
      <dd><b>${lost}</b></dd>
    </dl>
  </div> `;
}

function stacks({ stacks: all }: Report): Html {
  const shown = all.filter(
    ({ changes, drift, outputs, ephemeral, invocations }) =>
      changes.length + drift.length + outputs.length + ephemeral.length + invocations.length > 0,
  );
  const open = shown.length === 1;
  return shown.length === 0
    ? NONE
    : html`<h2>What changes, stack by stack</h2>
        ${shown.map((stack) => stackFold(stack, open))}`;
}

function stackFold({ stack, counts: of, changes, drift, outputs, unchanged, ephemeral, invocations }: StackReport, open: boolean): Html {
  const parts = COUNTED.filter((key) => of[key] > 0).map((key) => html`<span class="badge ${key}">${of[key]} ${key}</span>`);
  const list = (names: readonly string[]) => names.map((each, index) => html`${index > 0 && ', '}<code>${name(each)}</code>`);
  return html`<details${open && new Raw(' open')}><summary><b>${name(stack)}</b> ${parts} <span class="soft">${unchanged.toLocaleString('en')} stay</span></summary><div class="inside">
${changes.map((change) => changeFold(change, stack))}${outputs.map(outputFold)}
${
  drift.length > 0 &&
  html`<h3>Changed outside Terraform since the last apply</h3>
    ${drift.map((each) => changeFold(each, stack))}`
}
${ephemeral.length > 0 && html`<p class="soft">Opened while it is applied, and stored nowhere: ${list(ephemeral)}</p>`}${invocations.length > 0 && html`<p class="soft">Invokes: ${list(invocations)}</p>`}
</div></details>
`;
}

function footer({ origin, base, stacks: all }: Report): Html {
  const engines = [...new Set(all.map(({ engine }) => `${engine.name === 'tofu' ? 'OpenTofu' : 'Terraform'} ${engine.version}`))].join(
    ', ',
  );
  const against = base !== undefined && html` against <code>${name(base)}</code>`;
  const what = `${count(all.length, 'stack')}, ${engines}.`;
  return origin === 'rehearsal'
    ? html`<p>Rehearsed${against} without credentials: what a cloud computes, and drift, are not known here. ${what}</p>`
    : html`<p>Planned${against}. Sensitive values are masked. ${what}</p>`;
}

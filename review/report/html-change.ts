import { type Line } from '../diff';
import { type Entry, entriesOf } from './entries';
import { type Html, html } from './html-text';
import { type ChangeReport, type OutputReport } from './model';
import { name } from './visible';
import { actionWord, circumstances, SIGNS } from './words';

/** One change, folded: its line tells what happens, what is inside tells everything that differs. */
export function changeFold({ change, differences }: ChangeReport, stack: string): Html {
  const path = name(change.construct);
  const shown = path.startsWith(`${stack}/`) ? path.slice(stack.length + 1) : path;
  const kind = change.action === 'no-op' ? (change.importing === undefined ? 'move' : 'import') : change.action;
  const head = html`<span class="sign ${kind}" aria-hidden="true">${SIGNS[change.action]}</span
    ><span class="${kind}">${actionWord(change)}</span> <code>${shown}</code> <span class="soft">${name(change.type)}</span>`;
  const about = [
    ...circumstances(change).map((text) => html`<li>${text}</li>`),
    ...(change.movedFrom === undefined ? [] : [html`<li>moved from <code>${name(change.movedFrom)}</code></li>`]),
    ...(change.importing === undefined
      ? []
      : [
          html`<li>
            exists already, and is taken over${change.importing.id !== undefined && html`: <code>${name(change.importing.id)}</code>`}
          </li>`,
        ]),
    ...(change.deposed === undefined
      ? []
      : [html`<li>an old object (<code>${name(change.deposed)}</code>) that an earlier replacement left behind</li>`]),
    ...(change.construct === change.address ? [] : [html`<li class="soft">address <code>${name(change.address)}</code></li>`]),
  ];
  return html`<details>
    <summary>${head}</summary>
    <div class="inside">
      <ul class="rows">
        ${about}
      </ul>
      ${rows(differences, change)}
    </div>
  </details> `;
}

export const outputFold = ({ output, differences }: OutputReport): Html =>
  html`<details>
    <summary>
      <span class="sign ${output.action}" aria-hidden="true">${SIGNS[output.action]}</span>output <code>${name(output.name)}</code>
    </summary>
    <div class="inside">${rows(differences)}</div>
  </details> `;

/** Most attributes of one change: past them a browser has more to lay out than a person to read. */
const MOST = 400;

function rows(differences: ChangeReport['differences'], of?: ChangeReport['change']): Html {
  const { entries, unknown } = entriesOf(differences, of);
  const shown = entries.slice(0, MOST);
  const empty = of?.action === 'update' && differences.length === 0;
  return html`<ul class="rows">
    ${shown.map(row)}${entries.length > MOST && html`<li class="soft">and ${entries.length - MOST} more attributes</li>`}${
      unknown.length > 0 &&
      html`<li class="soft">known after apply: ${unknown.map((path, index) => html`${index > 0 && ', '}<code>${path}</code>`)}</li>`
    }${empty && html`<li class="soft">only in what is empty either way (null, &quot;&quot;, [])</li>`}
  </ul>`;
}

export function row(entry: Entry): Html {
  const word = entry.sign === '~' ? '' : entry.sign === '+' ? 'new ' : 'gone ';
  const forces = entry.forces && html` <span class="forces">forces the replacement</span>`;
  const note = entry.note !== undefined && html` <span class="soft">(${entry.note})</span>`;
  const head = html`<span class="soft">${word}</span><code>${entry.path}</code>`;
  if (entry.inside !== undefined)
    return html`<li>
      ${head}${forces}${note}
      <ul class="rows">
        ${entry.inside.slice(0, MOST).map(row)}
      </ul>
    </li>`;
  if (entry.lines !== undefined) return html`<li>${head}${forces}${note}${lineBlock(entry.lines)}</li>`;
  const arrow = entry.before !== undefined && entry.after !== undefined && ' → ';
  return html`<li>
    ${head}:
    ${entry.before !== undefined && html`<code class="old">${entry.before}</code>`}${arrow}${
      entry.after !== undefined && html`<code class="new">${entry.after}</code>`
    }${forces}${note}
  </li>`;
}

const MARKS = { same: ' ', removed: '−', added: '+' } as const;

const lineBlock = (lines: readonly Line[]): Html =>
  html`<pre tabindex="0">
${lines.map((line) =>
      line.kind === 'gap'
        ? html`<span class="gap">⋮ ${line.lines} lines alike</span>`
        : html`<span class="${line.kind}">${MARKS[line.kind]} ${line.text}</span>`,
    )}</pre>`;

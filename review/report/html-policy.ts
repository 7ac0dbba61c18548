import { severityOf, type Severity } from '../../policy/report/subject';
import { sentence } from '../../policy/report/text';
import { type PolicyFinding, type PolicyFindings } from '../policy-findings';
import { sentence as words } from './html-risks';
import { type Html, html, NONE } from './html-text';
import { policySummary, quoted } from './policy-words';
import { name, visible } from './visible';

/** What the base does not have, in the open; what stood there before, and what somebody answers for, folded. */
export function policyCards({ findings, suppressed }: PolicyFindings): Html {
  if (findings.length + suppressed.length === 0) return NONE;
  const open = findings.filter(({ isNew }) => isNew !== false);
  const known = findings.filter(({ isNew }) => isNew === false);
  const accepted = suppressed.map((each) =>
    item(each, html`<p class="soft">Suppressed by ${visible(each.suppression.owner)}: ${visible(each.suppression.reason)}</p>`),
  );
  return html`<h2>Policy</h2>
    ${
      open.length > 0 &&
      html`<div class="card">
        <ul>
          ${open.map((each) => item(each))}
        </ul>
      </div>`
    }${
      known.length + accepted.length > 0 &&
      html`<details>
        <summary>${policySummary(known.length, accepted.length)}</summary>
        <div class="inside">
          <ul>
            ${known.map((each) => item(each))}${accepted}
          </ul>
        </div>
      </details>`
    }`;
}

const COLOR: Readonly<Record<Severity, string>> = { error: 'high', warning: 'medium', note: 'low', unknown: 'low' };

const item = (finding: PolicyFinding, more: Html = NONE): Html =>
  html`<li>
    ${finding.isNew === true && html`<span class="badge high">new</span>`}<span class="badge ${COLOR[severityOf(finding)]}"
      >${severityOf(finding)}</span
    ><code>${name(finding.rule)}</code> <code>${name(finding.path)}</code>: ${words(quoted(sentence(finding)))}
    <span class="soft">${words(quoted(finding.fix))}</span>${more}
  </li>`;

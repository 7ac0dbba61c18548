import { type Risk } from '../risks';
import { type Html, html, NONE } from './html-text';
import { groupsOf, type RuleGroup } from './risk-groups';
import { name, visible } from './visible';

/** A card for each rule: where it applies, why it matters, what to do; then what could not be judged. */
export function riskCards(risks: readonly Risk[]): Html {
  const { rules, open } = groupsOf(risks);
  if (rules.length + open.length === 0) return NONE;
  const lines = open.map(({ rule, message }) => html`<li><code>${rule}</code>: ${sentence(message)}</li>`);
  return html`<h2>Risks</h2>
    ${rules.map(card)}${
      open.length > 0 &&
      html`<div class="card">
        <h3>Not judged</h3>
        <ul>
          ${lines}
        </ul>
      </div>`
    }`;
}

function card({ rule: { level, title, rule, reason, remedy }, findings }: RuleGroup): Html {
  return html`<div class="card ${level}">
    <h3><span class="badge ${level}">${level}</span>${title} <code class="soft">${rule}</code></h3>
    <ul>
      ${findings.map((risk) => finding(risk, level))}
    </ul>
    <p class="soft">${reason}</p>
    <p>${remedy}</p>
  </div> `;
}

const finding = ({ construct, message, level, unknown }: Risk, usual: string): Html =>
  html`<li>
    ${level !== usual && html`<span class="badge ${level}">${level}</span>`}${unknown === true && html`<span class="badge medium">unknown</span>`}<code>${name(construct)}</code>:
    ${sentence(message)}
  </li>`;

/** Names and values in the words of a rule stand between «». */
export const sentence = (message: string): readonly Html[] =>
  message.split(/(«[^»]*»)/).map((part) => (part.startsWith('«') ? html`<code>${name(part.slice(1, -1))}</code>` : html`${visible(part)}`));

import { type Risk } from '../risks';
import { type Html, html, NONE } from './html-text';
import { name, visible } from './visible';

/** A card for each rule: where it applies, why it matters, what to do. */
export function riskCards(risks: readonly Risk[]): Html {
  if (risks.length === 0) return NONE;
  const rules = new Map<string, Risk[]>();
  for (const risk of risks) rules.set(risk.rule, [...(rules.get(risk.rule) ?? []), risk]);
  return html`<h2>Risks</h2>
    ${[...rules.values()].map(card)}`;
}

function card(risks: readonly Risk[]): Html {
  const { level, title, rule, reason, remedy } = risks[0]!;
  return html`<div class="card ${level}">
    <h3><span class="badge ${level}">${level}</span>${title} <code class="soft">${rule}</code></h3>
    <ul>
      ${risks.map((risk) => finding(risk, level))}
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
const sentence = (message: string): readonly Html[] =>
  message.split(/(«[^»]*»)/).map((part) => (part.startsWith('«') ? html`<code>${name(part.slice(1, -1))}</code>` : html`${visible(part)}`));

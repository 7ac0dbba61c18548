import { type Risk } from '../risks';
import { groupsOf } from './risk-groups';
import { type Piece } from './fit';
import { code } from './markdown-text';
import { name, visible } from './visible';

/** Each rule once, with why and what to do, and below it where; then what could not be judged. */
export function risksText(risks: readonly Risk[]): Piece[] {
  const { rules, open } = groupsOf(risks);
  const groups = rules.flatMap(({ rule, findings }) => [
    { importance: 1, text: `**${rule.level}** · ${rule.title} (${code(rule.rule)})  \n${rule.reason} _${rule.remedy}_\n`, kind: '' },
    ...findings.map((risk) => ({ importance: 1, text: finding(risk, rule.level), kind: 'risks' })),
    { importance: 1, text: '', kind: '' },
  ]);
  const lines = open.map((risk) => ({ importance: 4, text: `- ${code(risk.rule)}: ${sentence(risk.message)}`, kind: 'open questions' }));
  return [
    ...groups,
    ...(lines.length > 0 ? [{ importance: 4, text: '**Not judged**\n', kind: '' }, ...lines, { importance: 4, text: '', kind: '' }] : []),
  ];
}

function finding({ construct, message, level, unknown }: Risk, usual: string): string {
  const said = level === usual ? '' : `${level}: `;
  return `- ${said}${unknown ? '**unknown** ' : ''}${code(name(construct))}: ${sentence(message)}`;
}

/** The words of a rule, in which names and values stand as code: rules put them between «». */
export const sentence = (message: string): string =>
  message
    .split(/(«[^»]*»)/)
    .map((part) => (part.startsWith('«') ? code(name(part.slice(1, -1))) : escapeWords(part)))
    .join('');

const escapeWords = (text: string): string => visible(text).replace(/[\\`*_[\]<>|~@#&]/g, (character) => `&#${character.charCodeAt(0)};`);

import { type Risk } from '../risks';
import { type Piece } from './fit';
import { code } from './markdown-text';
import { name, visible } from './visible';

/** Each rule once, with why and what to do, and below it where. */
export function risksText(risks: readonly Risk[]): Piece[] {
  const rules = new Map<string, Risk[]>();
  for (const risk of risks) rules.set(risk.rule, [...(rules.get(risk.rule) ?? []), risk]);
  return [...rules.values()].flatMap((of) => {
    const [first] = of;
    const head = `**${first!.level}** · ${first!.title} (${code(first!.rule)})  \n${first!.reason} _${first!.remedy}_\n`;
    return [
      { importance: 1, text: head, kind: '' },
      ...of.map((risk) => ({ importance: 1, text: finding(risk, first!), kind: 'risks' })),
      { importance: 1, text: '', kind: '' },
    ];
  });
}

function finding({ construct, message, level, unknown }: Risk, { level: usual }: Risk): string {
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

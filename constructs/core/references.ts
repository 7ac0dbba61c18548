import type { IConstruct } from 'constructs';
import { DefaultTokenResolver, StringConcat, Tokenization } from './cdktf';

/** A value as it is going to be synthesized: what only Terraform knows stands there as `${…}`. */
export function synthesized(scope: IConstruct, value: unknown): unknown {
  return Tokenization.resolve(value, { scope, resolver: new DefaultTokenResolver(new StringConcat()), preparing: false });
}

/** The expressions in a synthesized value, without `${` and `}`, each once, sorted. `$${` is text. */
export function expressions(value: unknown): string[] {
  if (Array.isArray(value)) return unique(value.flatMap(expressions));
  if (typeof value === 'object' && value !== null) return unique(Object.values(value).flatMap(expressions));
  return typeof value === 'string' ? unique(inText(value)) : [];
}

const unique = (values: readonly string[]): string[] => [...new Set(values)].sort();

function inText(text: string): string[] {
  const found: string[] = [];
  for (let at = text.indexOf('${'); at >= 0; at = text.indexOf('${', at + 2)) {
    if (text[at - 1] === '$') continue;
    const end = closing(text, at + 2);
    found.push(text.slice(at + 2, end));
    at = end;
  }
  return found;
}

/** Where the brace closes that is open at `from`. */
function closing(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '{') depth++;
    if (text[at] === '}') depth--;
    if (depth === 0) return at;
  }
  return text.length;
}

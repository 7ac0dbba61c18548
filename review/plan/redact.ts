import { maskNamed } from './secret-names';

/** Replaces whatever is secret in a text. */
export type Redactor = (text: string) => string;

export const MASK = '(sensitive value)';

/** Shorter ones are words and numbers (`admin`, `3306`): taking them out of every text would hide more than it protects. */
const SHORTEST = 8;

/** Forms that are secrets wherever they stand: their first characters, or what encloses them, say so. */
const FORMS: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g,
  /\bAIza[0-9A-Za-z_-]{35}\b/g,
  /\bya29\.[0-9A-Za-z_.-]{20,}/g,
  /\bgh[pousr]_[0-9A-Za-z]{30,}\b/g,
  /\bgithub_pat_[0-9A-Za-z_]{30,}\b/g,
  /\bglpat-[0-9A-Za-z_-]{20,}/g,
  /\bxox[abprs]-[0-9A-Za-z-]{10,}/g,
  /\bsk-[0-9A-Za-z_-]{20,}/g,
  /\beyJ[0-9A-Za-z_-]{10,}\.eyJ[0-9A-Za-z_-]{10,}\.[0-9A-Za-z_-]+/g,
];

const SUSPICIOUS = /PRIVATE KEY|AKIA|ASIA|AIza|ya29|gh[pousr]_|github_pat_|glpat-|xox[abprs]-|sk-|eyJ|:\/\//;

/** The password of a URL. */
const IN_URL = /(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/?#@]{0,256}:)([^\s/?#@]{1,256})(?=@)/gi;

/**
 * A redactor that knows these secrets: as they are, and as JSON, base64 and URLs write them. A secret of several lines is also known line by
 * line, since YAML and diffs take it apart. What it puts in their place has a number, so that a change from one secret to another can be seen.
 */
export function redactorFor(secrets: Iterable<string>): Redactor {
  const numbers = new Map<string, number>();
  const mask = (secret: string) => {
    const number = numbers.get(secret) ?? numbers.size + 1;
    numbers.set(secret, number);
    return `(sensitive value ${number})`;
  };
  const needles = new Map<string, Needle[]>();
  for (const secret of secrets) for (const text of formsOf(secret)) remember(needles, { text, secret });
  for (const list of needles.values()) list.sort((one, other) => other.text.length - one.text.length);
  return (text) => {
    const known = needles.size === 0 ? text : replaceAll(text, needles, mask);
    const named = maskNamed(known, mask);
    if (!SUSPICIOUS.test(named)) return named;
    return FORMS.reduce((rest, form) => rest.replace(form, mask), named).replace(
      IN_URL,
      (_, start: string, password: string) => start + mask(password),
    );
  };
}

/** A form in which a secret may appear, and the secret. */
interface Needle {
  readonly text: string;
  readonly secret: string;
}

function formsOf(secret: string): string[] {
  const parts = [secret, secret.trim(), ...secret.split(/\r?\n/).map((line) => line.trim())];
  const forms = parts
    .filter((part) => part.length >= SHORTEST)
    .flatMap((part) => [part, JSON.stringify(part).slice(1, -1), asUrl(part), ...base64Of(part)]);
  return forms.filter((form) => form.length >= SHORTEST);
}

function asUrl(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Base64 depends on where in the encoded text the secret begins: three ways, less the characters at both ends that neighbours decide. */
function base64Of(text: string): string[] {
  return [0, 1, 2].flatMap((offset) => {
    const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(text)]);
    const encoded = bytes.toString('base64').replace(/=+$/, '');
    const inner = encoded.slice(offset === 0 ? 0 : offset + 1, bytes.length % 3 === 0 ? undefined : -1);
    return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

function remember(needles: Map<string, Needle[]>, needle: Needle): void {
  const start = needle.text.slice(0, SHORTEST);
  const known = needles.get(start);
  if (known === undefined) needles.set(start, [needle]);
  else if (!known.some(({ text }) => text === needle.text)) known.push(needle);
}

/** One pass, however many secrets there are: each place is looked up by its first characters. */
function replaceAll(text: string, needles: ReadonlyMap<string, readonly Needle[]>, mask: (secret: string) => string): string {
  let result = '';
  let copied = 0;
  for (let index = 0; index + SHORTEST <= text.length;) {
    const found = needles.get(text.slice(index, index + SHORTEST))?.find((needle) => text.startsWith(needle.text, index));
    if (found === undefined) index++;
    else {
      result += text.slice(copied, index) + mask(found.secret);
      index += found.text.length;
      copied = index;
    }
  }
  return copied === 0 ? text : result + text.slice(copied);
}

import { type Alike, type Attribute } from '../schema/types';
import { equal } from './equality';
import { isList, type Value } from './values';

/** Does the configuration say what the object already has, if in other words? */
export function sameValue({ type, alike }: Attribute, prior: Value, config: Value): boolean {
  if (equal(type, prior, config)) return true;
  if (alike === undefined) return false;
  if (!isList(prior) || !isList(config)) return sameText(alike, prior, config);
  if (prior.length !== config.length) return false;
  if (alike === 'order') return JSON.stringify([...prior].sort()) === JSON.stringify([...config].sort());
  return config.every((each, index) => sameText(alike, prior[index]!, each));
}

/** The configuration as the provider plans it, where it changes what it is given. */
export function normalized({ alike }: Attribute, config: Value): Value {
  if (typeof config !== 'string') return config;
  if (alike === 'json') return canonicalJson(config) ?? config;
  return alike === 'capitals' ? config.toUpperCase() : config;
}

function sameText(alike: Alike, prior: Value, config: Value): boolean {
  if (typeof prior !== 'string' || typeof config !== 'string') return false;
  return prior === config || SAME[alike](prior, config);
}

const sameUnder =
  (canonical: (text: string) => unknown) =>
  (prior: string, config: string): boolean => {
    const [one, other] = [canonical(prior), canonical(config)];
    return one !== undefined && one === other;
  };

const SAME: Readonly<Record<Alike, (prior: string, config: string) => boolean>> = {
  case: sameUnder((text) => text.toLowerCase()),
  capitals: sameUnder((text) => text.toUpperCase()),
  member: sameUnder((text) => (/^principal(Set)?:/.test(text) ? text : text.toLowerCase())),
  json: sameUnder(canonicalJson),
  link: (prior, config) => sameLink(prior, config),
  duration: sameUnder(seconds),
  order: () => false,
};

/** Keys in order, no spaces, and what HTML could misread escaped: as Go writes JSON. */
function canonicalJson(text: string): string | undefined {
  try {
    const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
    return JSON.stringify(sorted(JSON.parse(text))).replace(/[<>&\u2028\u2029]/g, escaped);
  } catch {
    return undefined;
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

/** A name alone means whatever link ends in it; links are compared from `projects/` on. */
function sameLink(prior: string, config: string): boolean {
  if (!config.includes('/')) return prior.slice(prior.lastIndexOf('/') + 1) === config;
  const path = (link: string) => /(?:^|\/)((?:projects|organizations|folders)\/.*)$/.exec(link)?.[1];
  return path(prior) !== undefined && path(prior) === path(config);
}

const UNIT_SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

function seconds(text: string): number | undefined {
  const [, count, unit = ''] = /^(\d+(?:\.\d+)?)([smhd])$/.exec(text) ?? [];
  return count === undefined ? undefined : Number(count) * UNIT_SECONDS[unit]!;
}

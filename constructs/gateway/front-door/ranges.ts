import { BlockList } from 'node:net';

const OCTET = '(25[0-5]|2[0-4]\\d|1?\\d?\\d)';
/** From /8 on: an allow list that holds more is none. */
const RANGE = new RegExp(`^(${OCTET}\\.){3}${OCTET}/([89]|[12]\\d|3[0-2])$`);
export const RANGE_RULE = 'an IPv4 range between /8 and /32, e.g. 203.0.113.0/24';

export const isRange = (text: string): boolean => RANGE.test(text);

/** Whether every address of `inner` is in `outer`. False when one of them is no range: that is an error of its own. */
export function contains(outer: string, inner: string): boolean {
  if (!isRange(outer) || !isRange(inner)) return false;
  const [[network, bits], [address, length]] = [outer.split('/'), inner.split('/')] as [[string, string], [string, string]];
  const list = new BlockList();
  list.addSubnet(network, Number(bits));
  return Number(bits) <= Number(length) && list.check(address);
}

/** Problems between the ranges that are let in and those that are not: a sentence each. */
export function rangeConflicts(allowed: readonly string[], denied: readonly string[]): string[] {
  return [
    ...repetitions(allowed),
    ...repetitions(denied),
    ...allowed.flatMap((range) =>
      denied.filter((other) => contains(other, range)).map((other) => `${range} is let in, but ${other}, which holds it, is denied first.`),
    ),
  ];
}

const repetitions = (ranges: readonly string[]): string[] =>
  ranges.flatMap((range, index) =>
    ranges
      .filter((other, at) => at !== index && contains(other, range) && (other !== range || at < index))
      .map((other) => (other === range ? `${range} stands twice.` : `${range} is a part of ${other}, which stands beside it.`)),
  );

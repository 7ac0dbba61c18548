/** An IPv4 range in CIDR notation. */
export const IPV4_RANGE = /^((25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(25[0-5]|2[0-4]\d|1?\d?\d)\/([89]|[12]\d)$/;
export const IPV4_RANGE_RULE = 'an IPv4 range between /8 and /29, e.g. 10.0.0.0/20';

interface Range {
  readonly first: number;
  readonly last: number;
}

function parse(cidr: string): Range | undefined {
  if (!IPV4_RANGE.test(cidr)) return undefined;
  const [address, bits] = cidr.split('/') as [string, string];
  const size = 2 ** (32 - Number(bits));
  const number = address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
  const first = Math.floor(number / size) * size;
  return { first, last: first + size - 1 };
}

/** Whether two ranges share an address. False when one of them is no range: that is an error of its own. */
export function overlap(a: string, b: string): boolean {
  const [one, other] = [parse(a), parse(b)];
  return one !== undefined && other !== undefined && one.first <= other.last && other.first <= one.last;
}

/** Address and prefix length of a range. */
export function splitRange(cidr: string): { address: string; prefixLength: number } {
  const [address, bits] = cidr.split('/') as [string, string];
  return { address, prefixLength: Number(bits) };
}

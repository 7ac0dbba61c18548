/** IPv4 ranges as numbers. */
export interface Range {
  /** The range as it should be written: the address with no bits set beyond the prefix. */
  readonly network: string;
  readonly bits: number;
  /** First and last address as 32-bit numbers. */
  readonly first: number;
  readonly last: number;
}

const dotted = (address: number): string => [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.');

/** The range, or undefined if it is not an IPv4 range at all. An address inside the range stands for the range. */
export function parseRange(text: string): Range | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  if (!match) return undefined;
  const octets = match.slice(1, 5).map(Number);
  const bits = Number(match[5]);
  if (bits > 32 || octets.some((octet) => octet > 255)) return undefined;
  const size = 2 ** (32 - bits);
  const address = octets.reduce((sum, octet) => sum * 256 + octet, 0);
  const first = address - (address % size);
  return { network: `${dotted(first)}/${bits}`, bits, first, last: first + size - 1 };
}

/** A range that is known to be one: `parseRange` for constants and for checked settings. */
export function rangeOf(text: string): Range {
  const range = parseRange(text);
  if (!range) throw new RangeError(`${text} is not an IPv4 range`);
  return range;
}

export const overlap = (one: Range, other: Range): boolean => one.first <= other.last && other.first <= one.last;

/** RFC 1918 and RFC 6598: what VPC subnets, Cloud Run with direct VPC egress and private services access all accept. */
export const privateRanges: readonly string[] = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'];

/** https://cloud.google.com/sql/docs/postgres/private-ip: instances inside the Docker bridge's range cannot be reached. */
export const prohibitedRanges: readonly { readonly cidr: string; readonly use: string }[] = [
  { cidr: '172.17.0.0/16', use: 'the Docker bridge of Cloud SQL, whose instances in it cannot be reached' },
];

import { z } from 'zod';

/** The scalar values of an environment file. Each message says what is allowed; the loader adds where and what was given. */

export const environmentName = z
  .string()
  .regex(/^[a-z]([a-z0-9-]{0,14}[a-z0-9])?$/, '1 to 16 of a-z, 0-9 and dash, starting with a letter');

/** https://cloud.google.com/resource-manager/docs/creating-managing-projects: 6 to 30 characters. */
export const projectId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/, 'a project ID: 6 to 30 of a-z, 0-9 and dash, starting with a letter');

export const projectNumber = z.string().regex(/^\d{6,19}$/, 'a project number: digits, in quotes, e.g. "123456789012"');

export const region = z.string().regex(/^[a-z]+-[a-z]+\d{1,2}$/, 'a Google Cloud region, e.g. europe-west4');

/** https://cloud.google.com/compute/docs/labeling-resources: 63 characters, lower case. */
export const labelKey = z
  .string()
  .regex(/^[a-z][a-z0-9_-]{0,62}$/, 'a label key: up to 63 of a-z, 0-9, dash and underscore, starting with a letter');
export const labelValue = z.string().regex(/^[a-z0-9_-]{0,63}$/, 'a label value: up to 63 of a-z, 0-9, dash and underscore');

export const serviceAccountEmail = z
  .string()
  .regex(
    /^[a-z]([a-z0-9-]{4,28}[a-z0-9])@[a-z][a-z0-9-]{4,28}[a-z0-9]\.iam\.gserviceaccount\.com$/,
    'NAME@PROJECT.iam.gserviceaccount.com',
  );

/** A name that becomes part of a resource name. */
export const resourceName = (maxLength: number) =>
  z
    .string()
    .max(maxLength, `at most ${maxLength} characters`)
    .regex(/^[a-z]([a-z0-9-]*[a-z0-9])?$/, 'a-z, 0-9 and dash, starting with a letter, not ending with a dash');

const octets = (address: string): number[] => address.split('.').map(Number);

function cidrProblem(value: string, shortest: number, longest: number): string | undefined {
  const match = /^((?:\d{1,3}\.){3}\d{1,3})\/(\d{1,2})$/.exec(value);
  if (!match || octets(match[1]!).some((octet) => octet > 255)) return 'an IPv4 range, e.g. 10.0.0.0/20';
  const bits = Number(match[2]);
  if (bits < shortest || bits > longest) return `a range between /${shortest} and /${longest}`;
  const address = octets(match[1]!).reduce((sum, octet) => sum * 256 + octet, 0);
  if (address % 2 ** (32 - bits) !== 0) return `a range whose address has no bits set beyond its /${bits}`;
  return undefined;
}

/** An IPv4 range whose prefix length lies between the two (both included). */
export const cidr = (shortest: number, longest: number) =>
  z.string().superRefine((value, context) => {
    const problem = cidrProblem(value, shortest, longest);
    if (problem) context.addIssue({ code: 'custom', message: problem });
  });

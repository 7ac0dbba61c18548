import { z } from 'zod';
import { parseRange, prohibitedRanges, privateRanges, overlap, rangeOf } from '../ranges';

/**
 * The scalar values of an environment file. Each message is a noun phrase that says what is allowed: it completes the sentence
 * "<given> is not …". Where and what was given, `explain.ts` adds.
 */

/** https://cloud.google.com/resource-manager/docs/creating-managing-projects: 6 to 30 characters. */
export const projectId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/, 'a project ID: 6 to 30 of a-z, 0-9 and dash, starting with a letter, not ending with a dash');

export const projectNumber = z.string().regex(/^\d{6,19}$/, 'a project number: 6 to 19 digits in quotes, e.g. "123456789012"');

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
    'the email of a service account: NAME@PROJECT.iam.gserviceaccount.com',
  );

/** A name that becomes part of a resource name. */
export const resourceName = (maxLength: number) =>
  z
    .string()
    .regex(
      new RegExp(`^(?=.{1,${maxLength}}$)[a-z]([a-z0-9-]*[a-z0-9])?$`),
      `a name of at most ${maxLength} of a-z, 0-9 and dash, starting with a letter, not ending with a dash`,
    );

function rangeProblem(value: string, shortest: number, longest: number): string | undefined {
  const range = parseRange(value);
  if (!range) return 'an IPv4 range, e.g. 10.0.0.0/20';
  if (range.bits < shortest || range.bits > longest) return `a range between /${shortest} and /${longest}`;
  if (range.network !== value) return `the start of a range: the /${range.bits} that holds this address is ${range.network}`;
  const prohibited = prohibitedRanges.find(({ cidr }) => overlap(rangeOf(cidr), range));
  if (prohibited) return `a range of your own: ${prohibited.cidr} is ${prohibited.use}`;
  if (!privateRanges.some((cidr) => rangeOf(cidr).first <= range.first && range.last <= rangeOf(cidr).last)) {
    return `a private range: inside ${privateRanges.join(', ')}`;
  }
  return undefined;
}

/** A private IPv4 range whose prefix length lies between the two (both included). */
export const privateRange = (shortest: number, longest: number) =>
  z
    .string()
    .regex(/^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/, { error: 'an IPv4 range, e.g. 10.0.0.0/20', abort: true })
    .superRefine((value, context) => {
      const problem = rangeProblem(value, shortest, longest);
      if (problem) context.addIssue({ code: 'custom', message: problem });
    });

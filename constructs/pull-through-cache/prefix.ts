import type { Checks } from '../core';

/** Every repository, as far as no other prefix is more specific. */
export const ROOT = 'ROOT';

/** What provider and service both take. The provider alone would take a slash at the end, the service alone two underscores. */
const PREFIX = /^([a-z0-9]+([._-][a-z0-9]+)*\/)*[a-z0-9]+([._-][a-z0-9]+)*$|^ROOT$/;
const RULE = 'of a-z and 0-9, with single dots, dashes and underscores between them, in parts divided by slashes; or ROOT';

/** A prefix of a pull-through cache rule: 2 to 30 characters (CreatePullThroughCacheRule). */
export function checkCachePrefix(check: Checks, name: string, prefix: string | undefined): void {
  checkForm(check, name, prefix, 30);
}

/** A prefix of a creation template: 256 characters (CreateRepositoryCreationTemplate). */
export function checkTemplatePrefix(check: Checks, name: string, prefix: string | undefined): void {
  checkForm(check, name, prefix, 256);
}

function checkForm(check: Checks, name: string, prefix: string | undefined, longest: number): void {
  check.matches(name, prefix, PREFIX, RULE);
  check.that(
    () => prefix === undefined || (prefix.length >= 2 && prefix.length <= longest),
    `\`${name}\` must have 2 to ${longest} characters, got ${prefix?.length}: "${prefix}".`,
    prefix,
  );
}

import type { EcrRegistryScanningConfigurationRule } from '@cdktf/provider-aws/lib/ecr-registry-scanning-configuration';
import type { Checks } from '../core';

/** PutRegistryScanningConfiguration: repository filters of 1 to 256 characters; the provider takes fewer than the service. */
const FILTER = /^(?=.{1,256}$)[0-9a-z*](?:[0-9a-z_./*-]?[0-9a-z*]+)*$/;

/** How images of a registry are searched for vulnerabilities. ECR has no such setting in a creation template. */
export class Scanning {
  /** When pushed, by ECR itself: operating system packages. @param filters repositories, `*` for any text. Default: all. */
  static basic(filters: readonly string[] = ['*']): Scanning {
    return new Scanning('BASIC', { SCAN_ON_PUSH: filters });
  }

  /** By Amazon Inspector, which costs a sum each image: operating system and language packages, when pushed or all the time. */
  static enhanced(filters: { readonly onPush?: readonly string[]; readonly continuously?: readonly string[] }): Scanning {
    return new Scanning('ENHANCED', { SCAN_ON_PUSH: filters.onPush, CONTINUOUS_SCAN: filters.continuously });
  }

  private constructor(
    /** As ECR calls it. */
    readonly type: 'BASIC' | 'ENHANCED',
    private readonly filters: Readonly<Partial<Record<'SCAN_ON_PUSH' | 'CONTINUOUS_SCAN', readonly string[]>>>,
  ) {}

  /** One for each frequency, so never more than the two that the service takes. */
  get rules(): EcrRegistryScanningConfigurationRule[] {
    return Object.entries(this.filters).flatMap(([scanFrequency, filters = []]) =>
      filters.length === 0 ? [] : [{ scanFrequency, repositoryFilter: filters.map((filter) => ({ filter, filterType: 'WILDCARD' })) }],
    );
  }

  check(check: Checks): void {
    for (const filter of Object.values(this.filters).flatMap((filters = []) => filters)) {
      check.matches('scanning', filter, FILTER, 'of filters with a-z, 0-9, dots, dashes, underscores, slashes and *');
    }
  }
}

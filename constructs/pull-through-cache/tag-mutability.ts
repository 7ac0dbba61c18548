import type { Checks } from '../core';

/** PutImageTagMutability, `imageTagMutabilityExclusionFilters`. */
const MAX_FILTERS = 5;
const FILTER = /^[a-zA-Z0-9._*-]{1,128}$/;
const MAX_WILDCARDS = 2;

/** Whether a tag, once pushed, keeps its image. */
export class TagMutability {
  /** Tags move. */
  static readonly mutable = new TagMutability('MUTABLE');
  /** Tags keep their image. A cache then serves for ever what a tag was when it was first pulled. */
  static readonly immutable = new TagMutability('IMMUTABLE');

  /** Tags keep their image, but for those that match a filter, e.g. `latest*`: 1 to 5 filters with at most two `*` each. */
  static immutableExcept(...filters: readonly string[]): TagMutability {
    return new TagMutability('IMMUTABLE_WITH_EXCLUSION', filters);
  }

  /** Tags move, but for those that match a filter, e.g. `v*`: 1 to 5 filters with at most two `*` each. */
  static mutableExcept(...filters: readonly string[]): TagMutability {
    return new TagMutability('MUTABLE_WITH_EXCLUSION', filters);
  }

  private constructor(
    /** As ECR calls it. */
    readonly value: 'MUTABLE' | 'IMMUTABLE' | 'IMMUTABLE_WITH_EXCLUSION' | 'MUTABLE_WITH_EXCLUSION',
    readonly filters?: readonly string[],
  ) {}

  /** Every tag keeps its image. */
  get freezes(): boolean {
    return this.value === 'IMMUTABLE';
  }

  check(check: Checks): void {
    const { filters } = this;
    if (filters === undefined) return;
    check.that(
      () => filters.length > 0 && filters.length <= MAX_FILTERS,
      `\`tagMutability\` must have 1 to ${MAX_FILTERS} filters, got ${filters.length}.`,
    );
    for (const filter of filters) {
      check.matches('tagMutability', filter, FILTER, 'of filters with 1 to 128 letters, digits, dots, dashes, underscores and *');
      check.that(
        () => filter.split('*').length - 1 <= MAX_WILDCARDS,
        `\`tagMutability\`: a filter has at most ${MAX_WILDCARDS} wildcards, got: "${filter}".`,
        filter,
      );
    }
  }
}

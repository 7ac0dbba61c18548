export interface RepositoryFile {
  /** Relative to the new repository, with slashes. */
  readonly path: string;
  readonly text: string;
  readonly executable?: true;
}

/** Parts of a file, without those that were not chosen. */
export const lines = (...parts: readonly (string | false | undefined)[]): string =>
  `${parts.filter((part) => typeof part === 'string').join('\n')}\n`;

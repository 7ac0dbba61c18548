import type { RepositoryFile } from './repository-file';

const MARK = '# Fill in: ';

/** Ends a line that holds what only a person knows: what it is, or the command that tells. */
export const fillIn = (what: string): string => ` ${MARK}${what}`;

/** Nothing that exists: what is left as it is fails, and reaches nobody else. */
export const PLACEHOLDER = {
  project: { dev: '900000000000000001', staging: '900000000000000002', prod: '900000000000000003' },
  organization: '900000000000000000',
  githubId: '900000000000000000',
  awsAccount: { dev: '000000000001', staging: '000000000002', prod: '000000000003' },
  digest: `sha256:${'0'.repeat(64)}`,
} as const;

/** A line that a person has to complete before the first real deploy. A rehearsal does without. */
export interface Gap {
  readonly file: string;
  readonly line: number;
  readonly what: string;
}

/** Every line that is to be filled in, in the order of the files. */
export function gapsIn(files: readonly RepositoryFile[]): Gap[] {
  return files.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) => {
      const at = line.indexOf(MARK);
      return at < 0 ? [] : [{ file: path, line: index + 1, what: line.slice(at + MARK.length) }];
    }),
  );
}

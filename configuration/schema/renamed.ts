/** An old name of a setting. It is read under its new name, and whoever writes it is told so, until a version refuses it. */
export interface RenamedSetting {
  /** Path of the old name. */
  readonly path: readonly string[];
  /** The new name, in the same map. */
  readonly use: string;
  /** Version since which it is deprecated. */
  readonly since: string;
  /** Version that refuses it: a major one. */
  readonly removedIn: string;
}

/** Every one of them is also in docs/upgrades.md; a test compares the two, and fails when a version is reached that should be without it. */
export const RENAMED_SETTINGS: readonly RenamedSetting[] = [
  // `identity.deploy` excludes it and has the same words: the one was written for the other.
  { path: ['deployIdentity'], use: 'deployAs', since: '0.2.0', removedIn: '1.0.0' },
];

/** The environments that a new repository may have, in the order in which a change goes through them. */
export const ENVIRONMENTS = ['dev', 'staging', 'prod'] as const;

export type EnvironmentName = (typeof ENVIRONMENTS)[number];

/** What an environment may have beside network, identities and images. */
export const PARTS = ['gateway', 'endpoint', 'perimeter', 'registry'] as const;

export type Part = (typeof PARTS)[number];

export interface Repository {
  /** OWNER/NAME. */
  readonly name: string;
  /** Numbers that never change: names can be given to others. Undefined: to be filled in. */
  readonly ownerId?: string;
  readonly id?: string;
}

/** Everything that tells one new repository from another. The same choices make the same bytes. */
export interface Choices {
  /** Begins the IDs of projects. */
  readonly name: string;
  readonly domain: string;
  readonly region: string;
  readonly environments: readonly EnvironmentName[];
  readonly parts: readonly Part[];
  /** The project of each environment. Without a number: to be filled in. */
  readonly projects: Readonly<Record<EnvironmentName, { readonly id: string; readonly number?: string }>>;
  /** Number of the organization of Google Cloud. */
  readonly organization?: string;
  /** Number of the organization's access policy. Undefined: each perimeter gets one of its own. */
  readonly accessPolicy?: string;
  /** Google group of the people who run all this. */
  readonly group: string;
  /** Ranges from which the gateway is called. None: only from inside the network. */
  readonly callers: readonly string[];
  /** Public zone of the domain in Cloud DNS. Without a project: that of the environment. */
  readonly zone: { readonly name: string; readonly project?: string };
  readonly awsRegion: string;
  readonly awsAccounts: Readonly<Partial<Record<EnvironmentName, string>>>;
  /** Undefined: nothing is deployed from GitHub. */
  readonly github?: Repository;
  /** @OWNER/TEAM: has to agree to changes of what protects. */
  readonly securityTeam?: string;
  /** `projectId` in cdktf.json. */
  readonly cdktfProjectId: string;
  /** What package.json says for this package: a version, or where it is. */
  readonly package: string;
}

export const has = ({ parts }: Choices, part: Part): boolean => parts.includes(part);

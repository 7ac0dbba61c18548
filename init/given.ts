import { z } from 'zod';
import { awsAccountId, awsRegion } from '../configuration/schema/aws';
import { callerRange } from '../configuration/schema/caller-range';
import { domain, zoneName } from '../configuration/schema/gateway-front-door';
import { immutableId, repository } from '../configuration/schema/identity-providers';
import { accessPolicyNumber, organizationNumber } from '../configuration/schema/perimeter';
import { projectId, projectNumber, region } from '../configuration/schema/values';
import { ENVIRONMENTS, PARTS, type Choices, type EnvironmentName, type Part } from './choices';
import type { Mistake } from './mistake';
import { Reader } from './reader';

/** What a person has said, in flags or answers: text as it was written. What is not said has a default. */
export interface Given {
  readonly name?: string;
  readonly domain?: string;
  readonly region?: string;
  readonly environments?: string;
  readonly parts?: string;
  readonly project?: readonly string[];
  readonly organization?: string;
  readonly accessPolicy?: string;
  readonly group?: string;
  readonly callers?: string;
  readonly dnsZone?: string;
  readonly awsRegion?: string;
  readonly awsAccount?: readonly string[];
  readonly github?: string;
  readonly githubOwnerId?: string;
  readonly githubRepositoryId?: string;
  readonly securityTeam?: string;
  readonly cdktfProjectId?: string;
  readonly package?: string;
}

/** What defaults are made of. */
export interface Circumstances {
  /** Name of the directory. */
  readonly directory: string;
  /** What package.json says for this package if nobody says otherwise: `installedFrom`. */
  readonly package: string;
  readonly newId: () => string;
}

/** Project IDs have 30 characters, and `-ai-staging` is to follow. */
const NAME = /^(?=.{2,19}$)(?!goog)[a-z]([a-z0-9-]*[a-z0-9])?$/;
const name = z.string().regex(NAME, 'a name: 2 to 19 of a-z, 0-9 and dash, starting with a letter, not ending with a dash');
const team = z.string().regex(/^@[A-Za-z0-9-]+(\/[A-Za-z0-9._-]+)?$/, 'a team or somebody on GitHub: @OWNER/TEAM or @NAME');
const email = z.email('an e-mail address');
const uuid = z.uuid('a UUID');
const packageSpec = z.string().regex(/^[^\s"\\]{1,300}$/, 'a version, or where the package is, without blanks');

export const DEFAULTS = { region: 'europe-west4', environments: 'dev,staging,prod', parts: 'gateway', awsRegion: 'eu-central-1' } as const;

/** From what a directory is called: `Acme_AI` becomes acme-ai. */
export const nameOf = (directory: string): string => {
  const made = directory
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, 19)
    .replace(/-+$/, '');
  return NAME.test(made) ? made : 'acme';
};

/** Flags that mean something with a part only. */
const OF_PARTS: Readonly<Record<string, { readonly flag: string; readonly part: Part }>> = {
  callers: { flag: 'callers', part: 'gateway' },
  dnsZone: { flag: 'dns-zone', part: 'gateway' },
  accessPolicy: { flag: 'access-policy', part: 'perimeter' },
  awsRegion: { flag: 'aws-region', part: 'registry' },
  awsAccount: { flag: 'aws-account', part: 'registry' },
};

/** What all that was said comes to; or everything that is wrong with it, at once. */
export function choicesOf(given: Given, circumstances: Circumstances): { choices: Choices } | { mistakes: readonly Mistake[] } {
  const reader = new Reader();
  const named = reader.one('name', given.name ?? nameOf(circumstances.directory), name) ?? 'acme';
  const ownDomain = reader.one('domain', given.domain ?? `${named}.example`, domain) ?? 'acme.example';
  const environments = reader.some('environments', given.environments ?? DEFAULTS.environments, ENVIRONMENTS);
  const parts = reader.some('parts', given.parts ?? DEFAULTS.parts, PARTS);
  const choices: Choices = {
    name: named,
    domain: ownDomain,
    region: reader.one('region', given.region ?? DEFAULTS.region, region) ?? DEFAULTS.region,
    environments,
    parts,
    projects: projects(reader, given, named, environments),
    organization: reader.one('organization', given.organization, organizationNumber),
    accessPolicy: reader.one('access-policy', given.accessPolicy, accessPolicyNumber),
    group: reader.one('group', given.group ?? `ai-platform@${ownDomain}`, email) ?? '',
    callers: reader.list('callers', given.callers, callerRange),
    zone: zone(reader, given.dnsZone ?? ownDomain.replaceAll('.', '-')),
    awsRegion: reader.one('aws-region', given.awsRegion ?? DEFAULTS.awsRegion, awsRegion) ?? DEFAULTS.awsRegion,
    awsAccounts: awsAccounts(reader, given, environments),
    github: github(reader, given),
    securityTeam: securityTeam(reader, given),
    cdktfProjectId: reader.one('cdktf-project-id', given.cdktfProjectId ?? circumstances.newId(), uuid) ?? '',
    package: reader.one('package', given.package, packageSpec) ?? circumstances.package,
  };
  together(reader, given, choices);
  return reader.mistakes.length > 0 ? { mistakes: reader.mistakes } : { choices };
}

function projects(reader: Reader, given: Given, named: string, environments: readonly EnvironmentName[]): Choices['projects'] {
  const own = reader.byKey('project', given.project ?? [], environments, 'ENVIRONMENT=ID or ENVIRONMENT=ID:NUMBER');
  const project = (environment: EnvironmentName): { id: string; number?: string } => {
    const [id, number] = (own[environment] ?? `${named}-ai-${environment}`).split(':');
    return { id: reader.one('project', id, projectId) ?? '', number: reader.one('project', number, projectNumber) };
  };
  const all = { dev: project('dev'), staging: project('staging'), prod: project('prod') };
  const ids = environments.map((environment) => all[environment].id);
  if (new Set(ids).size < ids.length) reader.wrong('project', 'is the same for two environments', 'Give each a project of its own.');
  return all;
}

function awsAccounts(reader: Reader, given: Given, environments: readonly EnvironmentName[]): Choices['awsAccounts'] {
  const accounts = reader.byKey('aws-account', given.awsAccount ?? [], environments, 'ENVIRONMENT=ACCOUNT');
  const ids = Object.values(accounts).map((id) => reader.one('aws-account', id, awsAccountId));
  if (new Set(ids).size < ids.length)
    reader.wrong('aws-account', 'is the same for two environments', 'Give each an account of its own: a registry belongs to one.');
  return accounts;
}

function zone(reader: Reader, text: string): Choices['zone'] {
  const [first, second] = text.split('/', 2);
  const [project, zone] = second === undefined ? [undefined, first] : [first, second];
  return { name: reader.one('dns-zone', zone, zoneName) ?? '', project: reader.one('dns-zone', project, projectId) };
}

function github(reader: Reader, { github, githubOwnerId, githubRepositoryId }: Given): Choices['github'] {
  const ownerId = reader.one('github-owner-id', githubOwnerId, immutableId);
  const id = reader.one('github-repository-id', githubRepositoryId, immutableId);
  const repositoryName = reader.one('github', github, repository);
  if (github === undefined) {
    for (const [flag, text] of [
      ['github-owner-id', githubOwnerId],
      ['github-repository-id', githubRepositoryId],
    ] as const)
      if (text !== undefined) reader.wrong(flag, 'says nothing without --github', 'Name the repository: --github OWNER/NAME.');
  }
  return repositoryName === undefined ? undefined : { name: repositoryName, ownerId, id };
}

function securityTeam(reader: Reader, { github, securityTeam }: Given): string | undefined {
  const given = reader.one('security-team', securityTeam, team);
  const [owner] = github?.split('/') ?? [];
  const [teamOwner, teamName] = given?.slice(1).split('/') ?? [];
  if (owner !== undefined && teamName !== undefined && teamOwner!.toLowerCase() !== owner.toLowerCase())
    return reader.wrong(
      'security-team',
      `${given} is a team of ${teamOwner}, and the repository is of ${owner}`,
      'Name a team of the same owner.',
    );
  return given;
}

/** What spans several flags. */
function together(reader: Reader, given: Given, { environments, parts }: Choices): void {
  if (environments.length === 0) reader.wrong('environments', 'names none', `Name at least one of ${ENVIRONMENTS.join(', ')}.`);
  else if (parts.includes('perimeter') && environments.every((environment) => environment === 'dev'))
    reader.wrong(
      'parts',
      'perimeter: dev has none, since it is open to public registries',
      'Add staging or prod to --environments, or leave it out.',
    );
  for (const [key, { flag, part }] of Object.entries(OF_PARTS)) {
    const text = given[key as keyof Given];
    if (text !== undefined && text.length > 0 && !parts.includes(part))
      reader.wrong(flag, `says nothing without the part ${part}`, `Add ${part} to --parts, or leave it out.`);
  }
}

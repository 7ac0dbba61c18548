import { z } from 'zod';

/** Who may vouch for programs outside Google Cloud. Names of things that can change hands stand beside their numbers, which cannot. */

/** A number that a service gives a thing once and for all. */
export const immutableId = z.string().regex(/^[1-9]\d{0,18}$/, 'the number that never changes, in quotes, e.g. "8837461"');

/** Kubernetes: a label of RFC 1123. A wildcard is none. */
export const namespace = z
  .string()
  .regex(/^(?=.{1,63}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, 'the name of a namespace: at most 63 of a-z, 0-9 and dash');

export const repository = z.string().regex(/^[A-Za-z0-9-]+\/[A-Za-z0-9._-]+$/, 'OWNER/REPOSITORY, without a wildcard');
const project = z.string().regex(/^[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+)+$/, 'GROUP/PROJECT, without a wildcard');
const namespaces = z.array(namespace).min(1).describe('Namespaces whose pods may come.');
const issuerUri = z
  .string()
  .regex(/^https:\/\/[^\s?#*]+$/, 'an https:// address, as the issuer itself writes it')
  .describe('Address of the issuer.');

const github = z.strictObject({
  issuer: z.literal('github'),
  ownerId: immutableId.describe('Number of the organization: gh api users/NAME --jq .id'),
  repositories: z.record(repository, immutableId).describe('Numbers of the repositories that may come: gh api repos/OWNER/NAME --jq .id'),
});

const gitlab = z.strictObject({
  issuer: z.literal('gitlab'),
  host: z
    .string()
    .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'a host name, without https://')
    .default('gitlab.com')
    .describe('Host of the instance.'),
  projects: z.record(project, immutableId).describe('Numbers of the projects that may come.'),
});

const aws = z.strictObject({
  issuer: z.literal('aws'),
  accountId: z.string().regex(/^\d{12}$/, 'an AWS account ID: 12 digits in quotes'),
  roles: z
    .array(z.string().regex(/^[\w+=,.@-]{1,64}$/, 'the name of a role, without a path or a wildcard'))
    .min(1)
    .describe('Names of the roles that may come.'),
});

const eks = z.strictObject({
  issuer: z.literal('eks'),
  region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'an AWS region, e.g. eu-central-1'),
  issuerId: z
    .string()
    .regex(/^[0-9A-F]{32}$/, "the 32 digits at the end of the cluster's issuer")
    .describe('aws eks describe-cluster --name NAME --query cluster.identity.oidc.issuer'),
  namespaces,
});

const kubernetes = z.strictObject({ issuer: z.literal('kubernetes'), issuerUri, namespaces });

const oidc = z.strictObject({
  issuer: z.literal('oidc'),
  issuerUri,
  allowedAudiences: z
    .array(z.string().regex(/^[^\s*]{1,256}$/, 'an audience of at most 256 characters, without a wildcard'))
    .max(10)
    .optional()
    .describe('What a token must be made for. Default: the name of the provider.'),
  condition: z.string().min(1).max(4096).describe('CEL expression over the claims, e.g. assertion.terraform_organization_id == "org-…".'),
});

export const identityProviders = z
  .record(
    z.string().regex(/^(?!gcp-)[a-z0-9-]{4,32}$/, 'a name of 4 to 32 of a-z, 0-9 and dash, not beginning with gcp-'),
    z.discriminatedUnion('issuer', [github, gitlab, aws, eks, kubernetes, oidc]),
  )
  .describe('Issuers that vouch for programs outside Google Cloud, by name.');

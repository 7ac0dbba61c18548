import { z } from 'zod';
import { projectNumber, serviceAccountEmail } from './values';

/** The perimeter of an environment. Which services VPC Service Controls supports, and what would lock somebody out, the construct knows. */

const name = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_]{0,49}$/, 'a name of at most 50 letters, digits and underscores, starting with a letter');
const policyName = z
  .string()
  .regex(/^[A-Za-z][\w-]{0,62}$/, 'a name of at most 63 letters, digits, dashes and underscores, starting with a letter');
const service = z.string().regex(/^[a-z][a-z0-9-]*\.googleapis\.com$/, 'a service, e.g. storage.googleapis.com');
const identity = z
  .string()
  .regex(
    /^((user|group|serviceAccount):[^@\s]+@[^@\s]+|principal(Set)?:\/\/\S+)$/,
    'a member: user:, group:, serviceAccount:, principal: or principalSet:',
  );
const network = z.string().regex(/^projects\/[^/\s]+\/global\/networks\/[^/\s]+$/, 'a network: projects/PROJECT/global/networks/NAME');
const projectOrAll = z.string().regex(/^(\*|\d{6,19})$/, 'a project number in quotes, or "*" for all');
const date = z.iso.date('a date, e.g. "2026-11-21"');

const callers = {
  identities: z.array(identity).optional().describe('Who calls: user:, group:, serviceAccount:, principal: or principalSet: members.'),
  identityType: z
    .enum(['any', 'user', 'service-account'])
    .optional()
    .describe('A type of callers instead of named ones. any includes those without an identity.'),
};

const to = {
  projects: z.array(projectOrAll).describe('Numbers of projects, or "*" for all (ingress: inside; egress: outside).'),
  operations: z
    .record(
      z.string().regex(/^(\*|[a-z][a-z0-9-]*\.googleapis\.com)$/, 'a service, e.g. storage.googleapis.com, or "*"'),
      z.strictObject({
        methods: z.array(z.string().min(1, 'a method')).optional().describe('e.g. google.storage.objects.get.'),
        permissions: z.array(z.string().min(1, 'a permission')).optional().describe('e.g. bigquery.jobs.create.'),
      }),
    )
    .optional()
    .describe('What may be called, by service; a service with {} allows all of it, "*" with {} all services.'),
  roles: z
    .array(z.string().regex(/^(roles|(projects|organizations)\/[^/]+\/roles)\/[\w.]+$/, 'an IAM role, e.g. roles/storage.objectViewer'))
    .optional()
    .describe('IAM roles whose permissions may be used, instead of operations.'),
};

const ingressPolicy = z.strictObject({
  from: z
    .strictObject({
      ...callers,
      accessLevels: z.array(name).optional().describe('Names of access levels.'),
      projects: z.array(projectNumber).optional().describe('Numbers of calling projects.'),
      networks: z.array(network).optional().describe('Calling networks.'),
      anywhere: z.boolean().optional().describe('From everywhere, instead of a source.'),
    })
    .describe('Who calls, and from where: both must match.'),
  to: z.strictObject(to).describe('What of the inside may be called.'),
});

const egressPolicy = z.strictObject({
  from: z
    .strictObject({
      ...callers,
      accessLevels: z.array(name).optional().describe('Only calls that meet one of these access levels.'),
      projects: z.array(projectNumber).optional().describe('Only calls from these projects.'),
    })
    .describe('Who calls.'),
  to: z
    .strictObject({
      ...to,
      externalResources: z
        .array(z.string().regex(/^[a-z0-9]+:\/\/\S+$/, 'a resource of another cloud, e.g. s3://bucket'))
        .optional()
        .describe('Resources of other clouds, e.g. s3://bucket.'),
    })
    .describe('What of the outside may be called.'),
});

const settings = z.strictObject({
  services: z
    .enum(['minimal', 'all', 'listed'])
    .default('minimal')
    .describe('Restricted services: minimal, what a gateway needs; all that can be; listed, those of serviceList only.'),
  serviceList: z.array(service).default([]).describe('Restricted services beside those of `services`.'),
  vpcAccessible: z
    .enum(['restricted', 'any', 'listed'])
    .default('restricted')
    .describe('Services that networks inside may reach: the restricted ones, any, or those of vpcAccessibleServices.'),
  vpcAccessibleServices: z.array(service).default([]).describe('With vpcAccessible: listed.'),
  projects: z.array(projectNumber).default([]).describe("Numbers of projects inside, beside the environment's own."),
  accessLevels: z.array(name).default([]).describe('Names of access levels that admit to everything inside.'),
  ingress: z.array(policyName).default([]).describe('Names of ingress policies.'),
  egress: z.array(policyName).default([]).describe('Names of egress policies.'),
});

const range = z.string().regex(/^[0-9a-fA-F.:]+\/\d{1,3}$/, 'a range, e.g. 203.0.113.0/24');

const condition = z.strictObject({
  ipRanges: z.array(range).optional().describe('Public ranges. Private addresses never match: name networks.'),
  regions: z
    .array(z.string().regex(/^[A-Z]{2}$/, 'a country, e.g. DE'))
    .optional()
    .describe('Countries, e.g. DE.'),
  members: z.array(identity).optional().describe('user: and serviceAccount: members.'),
  networks: z
    .array(z.strictObject({ network, ranges: z.array(range).optional().describe('Only these ranges of it.') }))
    .optional()
    .describe('VPC networks.'),
  device: z
    .strictObject({
      screenLock: z.boolean().optional().describe('The screen locks.'),
      companyOwned: z.boolean().optional().describe('The company owns it.'),
      adminApproved: z.boolean().optional().describe('An administrator has approved it.'),
      managementLevels: z
        .array(z.enum(['none', 'basic', 'complete']))
        .optional()
        .describe('How it is managed.'),
      encryption: z
        .array(z.enum(['unsupported', 'unencrypted', 'encrypted']))
        .optional()
        .describe('How its storage is encrypted.'),
      operatingSystems: z
        .array(
          z.strictObject({
            type: z.enum(['mac', 'windows', 'linux', 'chrome-os', 'android', 'ios']).describe('Which.'),
            minimumVersion: z
              .string()
              .regex(/^\d+(\.\d+){0,2}$/, 'a version, e.g. "14.1"')
              .optional()
              .describe('Oldest version.'),
          }),
        )
        .optional()
        .describe('Its operating system.'),
    })
    .optional()
    .describe('State of the device.'),
  levels: z.array(name).optional().describe('Names of other access levels that must be met too.'),
  negate: z.boolean().optional().describe('The condition holds where it otherwise would not.'),
});

const accessLevel = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('conditions'),
    description: z.string().max(500).optional().describe('What it stands for.'),
    conditions: z.array(condition).min(1, 'at least one condition').describe('All that a condition lists must hold.'),
    combine: z.enum(['all', 'any']).default('all').describe('Whether all conditions must hold, or one.'),
  }),
  z.strictObject({
    kind: z.literal('expression'),
    description: z.string().max(500).optional().describe('What it stands for.'),
    expression: z.string().min(1, 'an expression').describe('In the Common Expression Language; needs Chrome Enterprise Premium.'),
  }),
]);

export const accessPolicyNumber = z.string().regex(/^\d{6,19}$/, 'the number of an access policy, in quotes');
export const organizationNumber = z.string().regex(/^\d{1,19}$/, 'the number of an organization, in quotes');

const accessPolicy = z
  .discriminatedUnion('source', [
    z.strictObject({
      source: z.literal('existing'),
      number: accessPolicyNumber.describe('As gcloud access-context-manager policies list shows it.'),
    }),
    z.strictObject({
      source: z.literal('created'),
      organization: organizationNumber.describe('Number of the organization.'),
      title: z.string().min(1, 'a title').max(150).describe('What people see.'),
      scope: z
        .enum(['organization', 'project'])
        .default('project')
        .describe('What the policy is for: the organization, or this project only.'),
    }),
  ])
  .describe('The access policy that the perimeter belongs to.');

const waiver = z.strictObject({
  rule: z
    .string()
    .regex(/^(ingress|egress|accessible)-[0-9a-f]{8}$/, 'the id of a violation, as the report shows it')
    .describe('Id of the violation, as the report shows it.'),
  owner: z
    .string()
    .regex(/^[^@\s]+@[^@\s]+\.[^@\s]+$/, 'an email address')
    .describe('Who answers for it.'),
  reason: z.string().min(40, 'a reason of at least 40 characters').max(500).describe('Why it may be denied: at least 40 characters.'),
  expires: date.describe('Last day on which it holds.'),
});

export const perimeter = z
  .strictObject({
    accessPolicy,
    mode: z
      .enum(['dry-run', 'enforced', 'enforced-with-candidate', 'retiring'])
      .default('dry-run')
      .describe(
        'dry-run: only logs. enforced: denies. enforced-with-candidate: denies, and tries the candidate. retiring: denies, and tries to do without.',
      ),
    accessLevels: z.record(name, accessLevel).default({}).describe('Access levels, by name.'),
    ingressPolicies: z.record(policyName, ingressPolicy).default({}).describe('Policies for calls from outside, by name.'),
    egressPolicies: z.record(policyName, egressPolicy).default({}).describe('Policies for calls to the outside, by name.'),
    config: settings.prefault({}).describe('What is enforced; in mode dry-run, what is tried.'),
    candidate: settings.optional().describe('With mode enforced-with-candidate: what is tried.'),
    deployment: z
      .strictObject({
        identity: serviceAccountEmail
          .optional()
          .describe('Who deploys. Default: deployAs, else the identities of the pipeline under identity.deploy.'),
        project: projectNumber.optional().describe('Number of the project that deploys run in. Default: outside Google Cloud.'),
        accessLevels: z.array(name).optional().describe('Access levels that the machine meets.'),
        stateProject: projectNumber.optional().describe('Number of the project that owns the state bucket.'),
      })
      .prefault({})
      .describe('Who must not be locked out: whoever deploys.'),
    sharedVpcHost: projectNumber.optional().describe('Number of the host project of a Shared VPC.'),
    bridges: z
      .record(
        name,
        z.strictObject({
          projects: z.array(projectNumber).min(1, 'at least one project').describe("Numbers of projects beside the environment's own."),
        }),
      )
      .default({})
      .describe('Bridges to projects in other perimeters, by name.'),
    notificationChannels: z
      .array(z.string().regex(/^projects\/[^/\s]+\/notificationChannels\/\d+$/, 'projects/PROJECT/notificationChannels/NUMBER'))
      .default([])
      .describe('Whom alerts about violations reach.'),
    promotion: z
      .strictObject({
        triedSince: date.optional().describe('Day on which what is tried was deployed. Entries before it do not count.'),
        windowDays: z.number().int().min(1).max(365).default(14).describe('Days that the log must span.'),
        minimumRequests: z.number().int().min(1).max(1_000_000_000).default(100).describe('Calls that the log must show.'),
        waivers: z.array(waiver).default([]).describe('Violations that may be denied from now on.'),
      })
      .prefault({})
      .describe('What it takes to enforce what is tried.'),
  })
  .describe('The service perimeter around the project. Absent: there is none, or it is somebody else’s.');

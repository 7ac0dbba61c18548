import type { Finding, Sections } from './rules';

type Identity = NonNullable<Sections['identity']>;

/** Issuer that each platform's subjects come from; `kubernetes` has two. */
const ISSUERS: Readonly<Record<string, readonly string[]>> = {
  kubernetes: ['kubernetes', 'eks'],
  aws: ['aws'],
  github: ['github'],
  gitlab: ['gitlab'],
  oidc: ['oidc'],
};

const workloads = (identity: Identity | undefined) => Object.entries(identity?.workloads ?? {});

/** What must hold for identities; each rule says why, and what to do. */
export const IDENTITY_RULES: readonly ((sections: Sections) => Finding[])[] = [
  function podsNeedClusters({ identity }) {
    if (identity?.gke) return [];
    return workloads(identity)
      .filter(([, { platform }]) => platform === 'gke')
      .map(([name]) => ({
        path: ['identity', 'workloads', name, 'platform'],
        message: 'no clusters are named, and their identity pool exists only once there is one',
        help: 'Name them under identity.gke.clusters.',
      }));
  },

  function providersExist({ identity }) {
    const known = identity?.providers ?? {};
    return workloads(identity).flatMap(([name, workload]) => {
      if (!('provider' in workload)) return [];
      return providerFinding(['identity', 'workloads', name, 'provider'], workload.provider, known, ISSUERS[workload.platform]!);
    });
  },

  function deployersComeFromPipelines({ identity }) {
    if (!identity?.deploy) return [];
    const { provider, planEnvironment, applyEnvironment } = identity.deploy;
    const path = ['identity', 'deploy'];
    const unknown = providerFinding([...path, 'provider'], provider, identity.providers, ['github', 'gitlab']);
    const gitlab = identity.providers[provider]?.issuer === 'gitlab' && planEnvironment === undefined;
    return [
      ...unknown,
      ...(gitlab
        ? [
            {
              path: [...path, 'planEnvironment'],
              message: 'GitLab has no subject for all merge requests',
              help: 'Name the environment that plans.',
            },
          ]
        : []),
      ...(planEnvironment === applyEnvironment
        ? [{ path: [...path, 'planEnvironment'], message: `${applyEnvironment} both plans and applies`, help: 'Tell the two apart.' }]
        : []),
    ];
  },

  function jobsChooseTheirIdentity({ identity, deployAs, aws }) {
    if (!identity?.deploy) return [];
    const help = 'Remove it. Who deploys by hand sets GOOGLE_IMPERSONATE_SERVICE_ACCOUNT, or assumes the role in AWS, before.';
    return [
      ...(deployAs === undefined ? [] : [{ path: ['deployAs'], what: deployAs }]),
      ...(aws?.deployRole === undefined ? [] : [{ path: ['aws', 'deployRole'], what: aws.deployRole }]),
    ].map(({ path, what }) => ({
      path,
      message: `every job would become ${what}, also those under identity.deploy that only plan`,
      help,
    }));
  },

  function jobsAreOneEnvironmentOrBranch({ identity }) {
    return workloads(identity).flatMap(([name, workload]) => {
      if (!('branch' in workload || 'environment' in workload) || !('repository' in workload || 'project' in workload)) return [];
      if ((workload.branch === undefined) !== (workload.environment === undefined)) return [];
      const path = ['identity', 'workloads', name, workload.branch === undefined ? 'platform' : 'branch'];
      return [{ path, message: 'a job is known by its environment or by its branch, one of the two', help: 'Name exactly one.' }];
    });
  },

  function workloadsAreDifferentPrograms({ identity }) {
    const first = new Map<string, string>();
    return workloads(identity).flatMap(([name, workload]) => {
      const subject = subjectOf(workload);
      if (subject === undefined) return [];
      const other = first.get(subject);
      if (other === undefined) first.set(subject, name);
      if (other === undefined) return [];
      return [
        {
          path: ['identity', 'workloads', name],
          message: `is ${other} once more, and IAM knows one: when either goes, access that both list is gone for both`,
          help: `List all of its access under ${other}.`,
        },
      ];
    });
  },

  function accessIsOnOneThing({ identity }) {
    return workloads(identity).flatMap(([name, { access }]) =>
      access.flatMap(({ role: _, ...on }, index) => {
        const things = Object.entries(on).filter(([, value]) => value !== undefined);
        if (things.length < 2) return [];
        return [
          {
            path: ['identity', 'workloads', name, 'access', String(index), things[1]![0]],
            message: `a role is granted on one thing, and here are ${things.map(([key]) => key).join(' and ')}`,
            help: 'Write an entry for each.',
          },
        ];
      }),
    );
  },

  function secretsExist({ identity, secrets }) {
    if (!secrets) return [];
    return workloads(identity).flatMap(([name, { access }]) =>
      access.flatMap(({ secret }, index) => {
        if (secret === undefined || secret in secrets) return [];
        return [
          {
            path: ['identity', 'workloads', name, 'access', String(index), 'secret'],
            message: `there is no secret ${secret}: there are ${Object.keys(secrets).join(', ') || 'none'}`,
            help: 'Name one of these, or add it under secrets.',
          },
        ];
      }),
    );
  },

  function endpointsExist({ identity, endpoints, modelGarden }) {
    if (!endpoints) return [];
    return workloads(identity).flatMap(([name, { access }]) =>
      access.flatMap(({ endpoint }, index) => {
        if (endpoint === undefined || endpoint in endpoints) return [];
        const garden = modelGarden !== undefined && endpoint in modelGarden;
        return [
          {
            path: ['identity', 'workloads', name, 'access', String(index), 'endpoint'],
            message: garden
              ? `${endpoint} is in modelGarden, and Vertex AI chooses the number of such an endpoint when it makes it`
              : `there is no endpoint ${endpoint}: there are ${Object.keys(endpoints).join(', ') || 'none'}`,
            help: garden ? 'Grant the role on the project, by leaving out `endpoint`.' : 'Name one of these, or add it under endpoints.',
          },
        ];
      }),
    );
  },

  function invokersExist({ identity }) {
    return Object.entries(identity?.invokers ?? {}).flatMap(([name, invoker]) => {
      if (invoker.kind !== 'workload' || invoker.workload in identity!.workloads) return [];
      const known = Object.keys(identity!.workloads).join(', ') || 'none';
      const path = ['identity', 'invokers', name, 'workload'];
      return [{ path, message: `there is no workload ${invoker.workload}: there are ${known}`, help: 'Name one of these.' }];
    });
  },

  function invokersDiffer({ identity }) {
    const seen = new Map<string, string>();
    return Object.entries(identity?.invokers ?? {}).flatMap(([name, invoker]) => {
      const who = invoker.kind === 'workload' ? invoker.workload : invoker.kind === 'everybody' ? '' : invoker.email;
      const same = seen.get(`${invoker.kind} ${who}`);
      if (same === undefined) {
        seen.set(`${invoker.kind} ${who}`, name);
        return [];
      }
      const path = ['identity', 'invokers', name];
      return [{ path, message: `is ${same} once more`, help: 'Remove one of the two.' }];
    });
  },

  function productionIsNotForEverybody({ tier, identity }) {
    if (tier !== 'production') return [];
    return Object.entries(identity?.invokers ?? {})
      .filter(([, { kind }]) => kind === 'everybody')
      .map(([name]) => ({
        path: ['identity', 'invokers', name, 'kind'],
        message: 'the production tier knows its callers',
        help: 'Name a group, a workload or a service account.',
      }));
  },
];

/** Whom IAM takes a workload for, as text; undefined where each has an account of its own. */
function subjectOf(workload: Identity['workloads'][string]): string | undefined {
  if (workload.platform === 'cloud-run') return undefined;
  const differs = Object.entries(workload).filter(([key]) => key !== 'access' && key !== 'impersonate');
  return JSON.stringify(differs.sort(([one], [other]) => (one < other ? -1 : 1)));
}

function providerFinding(path: string[], given: string, known: Identity['providers'], issuers: readonly string[]): Finding[] {
  const fitting = Object.keys(known).filter((name) => issuers.includes(known[name]!.issuer));
  if (fitting.includes(given)) return [];
  const message = given in known ? `${given} is an issuer of another kind, ${known[given]!.issuer}` : `there is no issuer ${given}`;
  return [{ path, message, help: fitting.length > 0 ? `Name one of ${fitting.join(', ')}.` : 'Add it under identity.providers.' }];
}

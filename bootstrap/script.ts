import type { Needs } from './needs';

/** What stands in no stack. */
export interface Choices {
  /** Member that deploys for the first time, e.g. `user:jane@acme.example`. Default: whoever is logged in to gcloud. */
  readonly person?: string;
  /** Project of the state bucket. Default: the one of its key, else that of the environment. */
  readonly stateProject?: string;
}

const BIGQUERY = 'bigquery.googleapis.com';
const indented = (values: readonly string[]): string => values.map((each) => ` \\\n  ${each}`).join('');
const section = (title: string, lines: readonly string[]): string => (lines.length === 0 ? '' : `\n# ${title}\n${lines.join('\n')}\n`);

const person = ({ person: given }: Choices): string =>
  `person=${given === undefined ? '"user:$(gcloud config get-value account)"' : quoted(given)}`;
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** The project of a key is above the environments, and so is a bucket that it encrypts. */
const stateProject = ({ state, project }: Needs, choices: Choices): string =>
  choices.stateProject ?? /^projects\/([^/]+)\//.exec(state?.kmsKey ?? '')?.[1] ?? project;

/**
 * A script that brings an environment from nothing to its first deploy, and that can be started again wherever it has stopped: each
 * step looks whether it is done, or can be done twice.
 */
export function firstDeploy(needs: Needs, choices: Choices = {}): string {
  const { environment, project, first, then } = needs;
  return [
    `#!/usr/bin/env bash\n# The first deploy of ${environment}, into the project ${project}. Read it before you run it; it can be run again wherever it stops.\n`,
    `set -euo pipefail\n${person(choices)}\n`,
    section('APIs without which no other can be switched on, and those whose own accounts are needed below.', [
      `gcloud services enable --project=${project}${indented(['serviceusage.googleapis.com', 'cloudresourcemanager.googleapis.com', ...needs.agents])}`,
    ]),
    section('The bucket that keeps the state. Its versions are the way back from a broken one.', stateBucket(needs, choices)),
    section(
      "Google's own accounts that are granted something: they come into being with the first use of a service, which is too late.",
      agents(needs),
    ),
    section(`Roles of the person, for this deploy. \`npm run bootstrap -- ${environment} --take-away\` is the way back.`, [
      ...Object.entries(needs.roles).flatMap(([id, roles]) => eachRole(id, roles, '"$person"', 'add')),
      ...needs.above.map((sentence) => `# Not in this script, it is for somebody above the project: ${sentence}.`),
    ]),
    section(
      'Values that go in with the deploy; each is kept by Secret Manager alone.',
      needs.variables.map((name) => `: "\${TF_VAR_${name}:?is a value that this deploy writes: export it}"`),
    ),
    section(
      'The account at AWS.',
      needs.awsAccount === undefined ? [] : [`test "$(aws sts get-caller-identity --query Account --output text)" = ${needs.awsAccount}`],
    ),
    section('What stands on nothing else.', [deploy(first)]),
    section(
      'Images that run, in repositories that are there now. One that is missing: push it, or copy it with its digest, and start again.',
      needs.images.map((image) => `gcloud artifacts docker images describe ${image} --format='value(image_summary.digest)'`),
    ),
    section(
      'Secrets by hand. One without a version: `gcloud secrets versions add NAME --data-file=-`, and start again.',
      needs.secrets.map(secret),
    ),
    section(
      'The rest; the stacks above once more, since CDKTF deploys none without those that it stands on.',
      then.length === 0 ? [] : [deploy([...first, ...then])],
    ),
    section('What the pipeline does in other projects. In its own, the stacks have granted it everything.', pipeline(needs, choices)),
  ].join('');
}

/** The roles of the person away again. */
export function takeAway(needs: Needs, choices: Choices = {}): string {
  const roles = Object.entries(needs.roles).flatMap(([id, all]) => eachRole(id, all, '"$person"', 'remove'));
  return `#!/usr/bin/env bash\n# Takes away what the first deploy of ${needs.environment} needed. From now on its pipeline deploys.\nset -euo pipefail\n${person(choices)}\n${roles.join('\n')}\n`;
}

const deploy = (stacks: readonly string[]): string => `npx cdktf deploy ${stacks.join(' ')}`;

function eachRole(project: string, roles: readonly string[], member: string, what: 'add' | 'remove'): string[] {
  const command = (role: string): string =>
    `gcloud projects ${what}-iam-policy-binding ${project} --member=${member} --role=${role} --condition=None --format=none`;
  if (roles.length < 2) return roles.map(command);
  return [`for role in${indented(roles)}`, `do\n  ${command('"$role"')}\ndone`];
}

function stateBucket(needs: Needs, choices: Choices): string[] {
  const { state, region } = needs;
  if (state === undefined) return [];
  const home = stateProject(needs, choices);
  const [address, key] = [`gs://${state.bucket}`, state.kmsKey];
  const create = [
    `gcloud storage buckets create ${address}`,
    `--project=${home}`,
    `--location=${bucketLocation(key, region)}`,
    '--uniform-bucket-level-access',
    '--public-access-prevention',
    ...(key === undefined ? [] : [`--default-encryption-key=${key}`]),
  ].join(' \\\n    ');
  return [
    `gcloud services enable --project=${home} storage.googleapis.com`,
    ...(key === undefined ? [] : [...stateKey(key), `gcloud storage service-agent --project=${home} --authorize-cmek=${key}`]),
    `gcloud storage buckets describe ${address} --format=none ||\n  ${create}`,
    `gcloud storage buckets update ${address} --versioning`,
    `gcloud storage buckets add-iam-policy-binding ${address} --member="$person" --role=roles/storage.admin --format=none`,
  ];
}

/** Days, as the policy wants it of keys. */
const ROTATION_DAYS = 90;

/** Made where it is not there; a key that is there keeps what it has. */
function stateKey(key: string): string[] {
  const [, project, , location, , ring, , name] = key.split('/');
  const place = `--location=${location} --project=${project}`;
  const inNinetyDays = `"$(node -p 'new Date(Date.now() + ${ROTATION_DAYS} * 86400000).toISOString()')"`;
  return [
    `gcloud services enable --project=${project} cloudkms.googleapis.com`,
    `gcloud kms keyrings describe ${ring} ${place} --format=none ||\n  gcloud kms keyrings create ${ring} ${place}`,
    `gcloud kms keys describe ${name} --keyring=${ring} ${place} --format=none ||\n  gcloud kms keys create ${name} --keyring=${ring} ${place} --purpose=encryption \\\n    --rotation-period=${ROTATION_DAYS}d --next-rotation-time=${inNinetyDays}`,
  ];
}

/** A bucket is where its key is; what KMS calls `europe`, Cloud Storage calls `EU`: https://cloud.google.com/kms/docs/locations */
function bucketLocation(key: string | undefined, region: string): string {
  const location = /\/locations\/([^/]+)\//.exec(key ?? '')?.[1] ?? region;
  return location === 'europe' ? 'EU' : location;
}

const agents = ({ agents: services, project }: Needs): string[] =>
  services.map((service) =>
    service === BIGQUERY
      ? // Its account for keys is not an agent of the usual kind: https://cloud.google.com/bigquery/docs/customer-managed-encryption
        `bq show --encryption_service_account --project_id=${project}`
      : `gcloud beta services identity create --service=${service} --project=${project}`,
  );

function secret(name: string): string {
  const [, project, , id] = name.split('/');
  return `test -n "$(gcloud secrets versions list ${id} --project=${project} --filter=state=ENABLED --limit=1 --format='value(name)')"`;
}

function pipeline(needs: Needs, choices: Choices): string[] {
  const home = stateProject(needs, choices);
  return needs.pipeline.flatMap(({ account, elsewhere }) => {
    const more = needs.state && home !== needs.project ? { [home]: [...(elsewhere[home] ?? []), BUCKET_POLICY] } : {};
    return Object.entries({ ...elsewhere, ...more }).flatMap(([id, roles]) => eachRole(id, roles, `serviceAccount:${account}`, 'add'));
  });
}

/** A plan of the grant on the bucket reads the bucket's policy. */
const BUCKET_POLICY = 'roles/iam.securityReviewer';

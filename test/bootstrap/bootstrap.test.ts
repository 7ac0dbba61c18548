import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { firstDeploy, needsOf, takeAway, type Choices, type Needs } from '../../bootstrap';
import type { Stack } from '../../bootstrap/stack';
import { loadEnvironments } from '../../configuration';
import { Testing, withoutTokenTraces } from '../../constructs/core';
import { readEvidence } from '../../perimeter';
import { buildEnvironment } from '../../stacks';
import { withFiles } from '../support/files';

const ROOT = join(__dirname, '../..');
const DIRECTORY = join(ROOT, 'environments');

function needsOfFile(name: string): Needs {
  const environment = loadEnvironments(DIRECTORY).find((each) => each.name === name)!;
  const read = withoutTokenTraces(() =>
    buildEnvironment(Testing.app(), environment, { perimeterEvidence: readEvidence(DIRECTORY, name) }).map((stack) => ({
      id: stack.node.id,
      dependencies: stack.dependencies.map(({ node }) => node.id),
      configuration: JSON.parse(JSON.stringify(stack.toTerraform())) as Stack['configuration'],
    })),
  );
  return needsOf(name, read);
}

const prod = needsOfFile('prod');
const dev = needsOfFile('dev');

describe('what a first deploy needs', () => {
  it('is read off the stacks', () => {
    expect(prod).toMatchObject({
      project: 'acme-ai-prod',
      state: { bucket: 'acme-ai-terraform-state', kmsKey: 'projects/acme-seed/locations/europe/keyRings/terraform/cryptoKeys/state' },
      variables: ['prod_alert_webhook'],
      awsAccount: '432109876543',
      secrets: [],
    });
    expect(prod.images.map((image) => /\/([^/]+)@/.exec(image)?.[1])).toEqual(['cloud-sql-proxy', 'litellm', 'node']);
    expect(dev.state).toBeUndefined();
  });

  it('names every agent that a key is granted to', () => {
    expect(prod.agents).toEqual(
      expect.arrayContaining(
        ['aiplatform', 'artifactregistry', 'bigquery', 'redis', 'secretmanager', 'sqladmin'].map((each) => `${each}.googleapis.com`),
      ),
    );
  });

  it('deploys what runs an image after the repositories, and what closes the project last', () => {
    expect(prod.first).toEqual(['prod-foundation', 'prod-inference', 'prod-identity', 'prod-registry']);
    expect(prod.then).toEqual(['prod-gateway', 'prod-perimeter']);
  });

  it('tells the roles in each project apart, and what is above them', () => {
    expect(Object.keys(prod.roles).sort()).toEqual(['acme-ai-prod', 'acme-apps-prod', 'acme-dns']);
    expect(prod.roles['acme-dns']).toEqual(['roles/dns.admin']);
    expect(prod.roles['acme-ai-prod']).toEqual(expect.arrayContaining(['roles/cloudsql.admin', 'roles/iam.serviceAccountUser']));
    expect(prod.above.join()).toContain('roles/accesscontextmanager.policyAdmin');
    expect(prod.pipeline.map(({ account, elsewhere }) => [account.split('@')[0], elsewhere['acme-dns']]).sort()).toEqual([
      ['prod-deployer', ['roles/dns.admin']],
      ['prod-viewer', ['roles/dns.reader']],
    ]);
  });

  it('counts a secret that something runs with and no stack writes', () => {
    const resource = {
      google_secret_manager_secret_version: { written: { secret: 'projects/p/secrets/written' } },
      google_cloud_run_v2_service: {
        service: {
          template: {
            containers: [
              { env: ['written', 'by-hand'].map((id) => ({ value_source: { secret_key_ref: { secret: `projects/p/secrets/${id}` } } })) },
            ],
          },
        },
      },
    };
    const provider = { google: [{ project: 'p', region: 'europe-west4' }] };
    const needs = needsOf('test', [
      { id: 'test-gateway', dependencies: ['test-base'], configuration: { provider, resource } },
      { id: 'test-base', dependencies: [], configuration: { provider } },
      { id: 'test-later', dependencies: ['test-gateway'], configuration: { provider } },
    ]);
    expect(needs).toMatchObject({ secrets: ['projects/p/secrets/by-hand'], first: ['test-base'], then: ['test-gateway', 'test-later'] });
    expect(firstDeploy(needs)).toContain('gcloud secrets versions list by-hand --project=p');
  });
});

/** Runs the script of prod with programs that only write down how they are called; `fails` is one call that goes wrong. */
function play(
  choices: Choices,
  variables: Record<string, string>,
  fails = 'nothing',
): { calls: string[]; status: number | null; said: string } {
  const program = (name: string) => `#!/bin/sh
echo "${name} $*" >> "$CALLS"
case "$*" in *"$FAILS"*) exit 1;; *get-caller-identity*) echo 432109876543;; *"config get-value"*) echo jane@acme.example;; esac
`;
  const names = ['gcloud', 'bq', 'aws', 'npx'];
  const files = Object.fromEntries(names.map((name) => [`bin/${name}`, program(name)]));
  return withFiles({ ...files, 'first.sh': firstDeploy(prod, choices) }, (directory) => {
    names.forEach((name) => chmodSync(join(directory, 'bin', name), 0o755));
    const calls = join(directory, 'calls');
    const env = {
      PATH: [join(directory, 'bin'), dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter),
      CALLS: calls,
      FAILS: fails,
      ...variables,
    };
    const { status, stderr } = spawnSync('bash', ['first.sh'], { cwd: directory, encoding: 'utf8', env });
    return { status, said: stderr, calls: existsSync(calls) ? readFileSync(calls, 'utf8').trim().split('\n') : [] };
  });
}

describe('the script of a first deploy', () => {
  const webhook = { TF_VAR_prod_alert_webhook: 'https://hooks.example' };

  it('makes the bucket, then deploys what stands on nothing, then what runs images', () => {
    const { calls, status, said } = play({}, webhook, 'buckets describe');
    expect([said, status]).toEqual(['', 0]);
    const order = [
      '--authorize-cmek',
      'buckets create',
      '--versioning',
      'identity create',
      'roles/run.admin',
      'deploy prod-foundation',
      'docker images describe',
      'prod-gateway prod-perimeter',
    ];
    const places = order.map((part) => calls.findIndex((call) => call.includes(part)));
    expect(places).toEqual([...places].sort((one, other) => one - other));
    expect(places).not.toContain(-1);
    expect(calls.find((call) => call.includes('buckets create'))).toContain(
      '--project=acme-seed --location=EU --uniform-bucket-level-access --public-access-prevention',
    );
    expect(calls.find((call) => call.includes('roles/run.admin'))).toContain('--member=user:jane@acme.example');
  });

  it('leaves a bucket and a key alone that are there', () =>
    expect(play({}, webhook).calls.join('\n')).not.toMatch(/(buckets|keys|keyrings) create/));

  it('makes the ring of a key first', () => {
    const made = play({}, webhook, 'kms key').calls.filter((call) => call.includes('create'));
    expect(made[0]).toBe('gcloud kms keyrings create terraform --location=europe --project=acme-seed');
  });

  it('makes a key that rotates, in a ring that is there', () => {
    const made = play({}, webhook, 'kms keys describe').calls.find((call) => call.includes('kms keys create'));
    expect(made).toMatch(
      /^gcloud kms keys create state --keyring=terraform --location=europe --project=acme-seed .*--rotation-period=90d --next-rotation-time=20\d\d-/,
    );
  });

  it('stops before it deploys without a value that is to be written', () => {
    const { status, said, calls } = play({}, {});
    expect(status).not.toBe(0);
    expect(said).toContain('TF_VAR_prod_alert_webhook: is a value that this deploy writes: export it');
    expect(calls.join('\n')).not.toContain('deploy');
  });

  it('stops where an image is missing, with all in place that it needs', () => {
    const { status, calls } = play({}, webhook, 'prod-gateway/litellm@');
    expect(status).not.toBe(0);
    expect(calls.filter((call) => call.startsWith('npx'))).toEqual([
      'npx cdktf deploy prod-foundation prod-inference prod-identity prod-registry',
    ]);
  });

  it('takes the person and the project of the bucket that are given', () => {
    const script = firstDeploy(prod, { person: "group:o'neill@acme.example", stateProject: 'acme-state' });
    expect(script).toContain("person='group:o'\\''neill@acme.example'");
    expect(script).toContain('--project=acme-state \\\n    --location=EU');
  });

  it('has nothing of a bucket where the state is in files, nor of a pipeline that stays in its project', () => {
    expect(firstDeploy(dev)).not.toContain('gcloud storage');
  });

  it('takes away each role that it gave', () => {
    const roles = (script: string): string[] => [...script.matchAll(/roles\/[\w.]+/g)].map(([role]) => role).sort();
    const given = Object.values(prod.roles).flat().sort();
    expect(roles(takeAway(prod))).toEqual(given);
    expect(takeAway(prod)).not.toContain('add-iam-policy-binding');
  });
});

import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadEnvironments } from '../../configuration';
import { App, withoutTokenTraces } from '../../constructs/core';
import { checkPolicy, errorsOf } from '../../policy';
import { type Report } from '../../rehearsal';
import { buildEnvironment, policyOf } from '../../stacks';
import { withFiles } from '../support/files';
import { describeWith, terraform } from '../support/requirements';
import { copyOf, countsOf, EXAMPLES, INDEX, policyErrors, readme, room, run } from './example';

const changesIn = ({ stacks }: Report) => stacks.flatMap(({ changes }) => changes);
const addresses = (report: Report, action: string) =>
  changesIn(report)
    .filter((change) => change.action === action)
    .map(({ address }) => address.replace(/_[0-9A-F]{8}$/, ''));

/** Whatever else it did, it came to its end: deployed, nothing left to do, no secret in a file, no call lost. */
const expectFine = ({ outcome, violations }: Report) => expect([outcome, violations]).toEqual(['ok', []]);

describeWith(terraform(), 'endpoint-canary', () => {
  it('moves the traffic from 95/5 to 50/50 to 100, and replaces nothing but the run of the script', async () => {
    const app = copyOf('endpoint-canary');
    const file = join(app, 'environments', 'dev.yaml');
    const { keep, synthesized } = room();
    const rehearse = () => run(app, { environments: ['dev-inference'], keep });
    const first = await rehearse();
    expectFine(first);
    expect(policyErrors(app, synthesized, 'development')).toEqual([]);
    expect(countedIn(synthesized)).toEqual(INDEX.get('endpoint-canary'));

    const text = readFileSync(file, 'utf8');
    const half = text.replace('traffic: 95\n', 'traffic: 50\n').replace('traffic: 5\n', 'traffic: 50\n');
    const [before = '', stable = '', candidate = ''] = half.split(/^ {6}(?=stable:|candidate:)/m);
    expect([stable.split('\n')[0], candidate.split('\n')[0]]).toEqual(['stable:', 'candidate:']);
    const whole = `${before}      ${candidate.replace('traffic: 50\n', 'traffic: 100\n')}`;
    for (const step of [half, whole]) {
      writeFileSync(file, step);
      const report = await rehearse();
      // The rehearsal's API has watched every call: at no moment did traffic lead to a model that was not ready.
      expectFine(report);
      expect(changesIn(report).map(({ action }) => action)).toEqual(['replace']);
      expect(addresses(report, 'replace')).toEqual(['terraform_data.Endpoints_support-chat_Serving']);
    }
  }, 300_000);
});

/** All stacks, also those that the walk does not deploy. Empty sets are what stays when the last endpoint or grant has gone. */
function countedIn(synthesized: string) {
  const names = readdirSync(join(synthesized, 'stacks'));
  const blocks = names.flatMap((name) => {
    const text = readFileSync(join(synthesized, 'stacks', name, 'cdk.tf.json'), 'utf8');
    const { resource = {} } = JSON.parse(text) as { resource?: Record<string, Record<string, { for_each?: unknown }>> };
    return Object.values(resource).flatMap((ids) => Object.values(ids));
  });
  return { stacks: names.length, resources: blocks.filter(({ for_each }) => for_each !== '${{}}').length };
}

const STEPS = join(EXAMPLES, 'prototype-to-production', 'steps');
const NAMES = readdirSync(STEPS).sort();

describe('prototype-to-production', () => {
  it('has six steps, and ends with the last', () => {
    expect(NAMES).toHaveLength(6);
    expect(readFileSync(join(EXAMPLES, 'prototype-to-production', 'environments', 'assistant.yaml'), 'utf8')).toBe(
      readFileSync(join(STEPS, NAMES.at(-1)!), 'utf8'),
    );
  });

  it('keeps the policy in every step, and brings with each what its page says', () => {
    const told = [...readme('prototype-to-production').matchAll(/\]\(steps\/(\S+)\) +\|[^|]*\|([^|]*)\|/g)];
    expect(told.map(([, file]) => file)).toEqual(NAMES);
    let before: string[] = [];
    for (const [, file = '', said = ''] of told) {
      const { errors, addresses } = built(file);
      expect(errors).toEqual([]);
      const number = (word: string) => Number(new RegExp(`(\\d+) ${word}`).exec(said)?.[1] ?? 0);
      const [created, deleted] = [addresses.filter((each) => !before.includes(each)), before.filter((each) => !addresses.includes(each))];
      expect([file, created.length, deleted.length]).toEqual([file, number('created'), number('deleted')]);
      before = addresses;
    }
  });
});

/** The environment of a step: what the policy does not let pass, and the addresses of its resources. */
function built(file: string): { readonly errors: readonly unknown[]; readonly addresses: string[] } {
  const [environment] = withFiles({ 'assistant.yaml': readFileSync(join(STEPS, file)) }, (directory) => loadEnvironments(directory));
  const documents = withoutTokenTraces(() =>
    buildEnvironment(new App({ stackTraces: false }), environment!).map((stack) => ({ name: stack.node.id, json: stack.toTerraform() })),
  );
  const addresses = documents.flatMap(({ name, json }) => {
    const { resource = {} } = json as { resource?: Record<string, Record<string, { for_each?: unknown }>> };
    // A block with `for_each` is one of those that stay when the last endpoint or grant has gone, and there are none here.
    const ids = (blocks: (typeof resource)[string]) => Object.keys(blocks).filter((id) => blocks[id]?.for_each === undefined);
    return Object.entries(resource).flatMap(([type, blocks]) => ids(blocks).map((id) => `${name} ${type}.${id}`));
  });
  return { errors: errorsOf(checkPolicy(documents, policyOf(environment!))), addresses };
}

describeWith(terraform(), 'the way to production', () => {
  it('replaces nothing, and deletes only access that is no longer needed', async () => {
    const app = copyOf('prototype-to-production');
    const { keep } = room();
    const walked: string[] = [];
    // Some of them: what a step in between brings, the next one has too.
    for (const name of NAMES.filter((each) => /^[136]/.test(each))) {
      copyFileSync(join(STEPS, name), join(app, 'environments', 'assistant.yaml'));
      const report = await run(app, { environments: 'all', keep });
      expectFine(report);
      expect(addresses(report, 'replace')).toEqual([]);
      walked.push(...addresses(report, 'delete'));
      if (name === NAMES.at(-1)) expect(countsOf(report)).toEqual(INDEX.get('prototype-to-production'));
    }
    expect(walked).toEqual(['google_project_iam_member.Workloads_assistant_Access_rolesaiplatformuseronprojectacme-assistant']);
  }, 300_000);
});

import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadEnvironments } from '../../configuration';
import { App, withoutTokenTraces } from '../../constructs/core';
import { checkPolicy, errorsOf } from '../../policy';
import { type Report } from '../../rehearsal';
import { buildEnvironment, policyOf } from '../../stacks';
import { withFiles } from '../support/files';
import { describeWith, terraform } from '../support/requirements';
import { copyOf, EXAMPLES, policyErrors, room, run } from './example';

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

const STEPS = join(EXAMPLES, 'prototype-to-production', 'steps');
const NAMES = readdirSync(STEPS).sort();

describe('prototype-to-production', () => {
  it('has six steps, and ends with the last', () => {
    expect(NAMES).toHaveLength(6);
    expect(readFileSync(join(EXAMPLES, 'prototype-to-production', 'environments', 'assistant.yaml'), 'utf8')).toBe(
      readFileSync(join(STEPS, NAMES.at(-1)!), 'utf8'),
    );
  });

  it.each(NAMES)('%s is an environment that builds and keeps the policy', (name) => {
    const [environment] = withFiles({ 'assistant.yaml': readFileSync(join(STEPS, name)) }, (directory) => loadEnvironments(directory));
    const documents = withoutTokenTraces(() =>
      buildEnvironment(new App({ stackTraces: false }), environment!).map((stack) => ({ name: stack.node.id, json: stack.toTerraform() })),
    );
    expect(errorsOf(checkPolicy(documents, policyOf(environment!)))).toEqual([]);
  });
});

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
    }
    expect(walked).toEqual(['google_project_iam_member.Workloads_assistant_Access_rolesaiplatformuseronprojectacme-assistant']);
  }, 300_000);
});

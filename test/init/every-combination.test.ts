import { join } from 'node:path';
import { checkFiles, environmentFiles, type Environment } from '../../configuration';
import { Testing, withoutTokenTraces } from '../../constructs/core';
import type { Choices } from '../../init';
import { environmentFile } from '../../init/environments/environment-file';
import { sharedFile } from '../../init/environments/shared-file';
import { readme } from '../../init/readme';
import { checkPolicy, type Report } from '../../policy';
import { buildEnvironment, policyOf } from '../../stacks';
import { withFiles } from '../support/files';
import { choices, COVERING, EVERY, pairsOf, titleOf } from './repositories';

/** Models and suppressions are judged as of this day. */
const TODAY = '2026-11-21';

const environmentsOf = (chosen: Choices) =>
  Object.fromEntries(
    [sharedFile(chosen), ...chosen.environments.map((name) => environmentFile(chosen, name))].map(({ path, text }) => [path, text]),
  );

const checked = (chosen: Choices) =>
  withFiles(environmentsOf(chosen), (directory) => {
    const { environments, problems } = checkFiles(environmentFiles(join(directory, 'environments')));
    return {
      environments: environments.map(({ environment }) => environment),
      problems: problems.map(({ path, message }) => `${path}  ${message}`),
    };
  });

const held = (environment: Environment): Report =>
  withoutTokenTraces(() => {
    const stacks = buildEnvironment(Testing.app(), environment);
    const documents = stacks.map((stack) => ({ name: stack.node.id, json: stack.toTerraform() }));
    return checkPolicy(documents, { ...policyOf(environment), today: TODAY });
  });

/** The rules in the table of README.md under "What production still needs". */
const announced = (chosen: Choices): string[] => [...readme(chosen, []).text.matchAll(/^\| ([A-Z]+-\d{3}) \|/gm)].map(([, rule]) => rule!);

describe('the environments of a new repository', () => {
  it('are valid, whatever is chosen', () => {
    // In another region only the region, and where Google serves its models, differ: the tests below try all.
    const inOneRegion = EVERY.filter(({ region }) => region === EVERY[0]!.region);
    expect(inOneRegion.length).toBeGreaterThan(400);
    for (const given of inOneRegion) {
      expect({ given, problems: checked(choices(given)).problems }).toEqual({ given, problems: [] });
    }
  });

  it('are tried below in every pair of choices', () => {
    const tried = new Set(COVERING.flatMap(pairsOf));
    expect([...new Set(EVERY.flatMap(pairsOf))].filter((pair) => !tried.has(pair))).toEqual([]);
  });

  it.each(COVERING.map((given) => [titleOf(given), given] as const))('are built, without an error of the policy: %s', (_, given) => {
    const chosen = choices(given);
    const { environments } = checked(chosen);
    expect(environments.map(({ name }) => name).sort()).toEqual([...chosen.environments].sort());
    const reports = environments.map((environment) => ({ name: environment.name, ...held(environment) }));
    for (const { name, findings, passed } of reports) {
      expect(passed).toBeGreaterThan(80);
      // A suppression that nothing needs would be a finding.
      expect(findings.filter(({ level }) => level === 'error')).toEqual([]);
      // What is left to do in production, README.md says; elsewhere there is nothing.
      const warned = [...new Set(findings.map(({ rule }) => rule))].sort();
      expect([name, warned]).toEqual([name, name === 'prod' ? announced(chosen).sort() : []]);
    }
  });
});

import { existsSync } from 'node:fs';
import { checkPolicy, type StackDocument } from '../policy';
import { environmentOf } from '../rehearsal/run/stacks';
import { type ReviewInput } from '../review';
import { type AppReport, judgeApp } from './policy-of-app';

/** Who is not known may be production: every rule applies. */
const UNKNOWN = { production: true, perimeter: true };

/**
 * Asks the policy about the stacks as they will be. The app knows tiers and suppressions, and is asked first; stacks of an app that does not
 * tell are held to every rule, and the report says so.
 */
export function withPolicy(input: ReviewInput): ReviewInput {
  const heads = input.stacks.flatMap(({ head }) => (head === undefined ? [] : [head]));
  const environments = [...new Set(heads.map(({ id }) => environmentOf(id)))];
  const { reports, said }: Pick<AppReport, 'reports' | 'said'> = existsSync('cdktf.json') ? judgeApp() : { reports: {}, said: '' };
  if (said !== '')
    return {
      ...input,
      notices: [...(input.notices ?? []), 'The policy could not be asked: the app ended with an error (npm run policy).'],
    };
  const strict = environments.filter((environment) => reports[environment] === undefined);
  const policy = environments.map((environment) => {
    const stacks = heads
      .filter(({ id }) => environmentOf(id) === environment)
      .map(({ id, configuration }): StackDocument => ({ name: id, json: configuration as StackDocument['json'] }));
    const file = `environments/${environment}.yaml`;
    return {
      name: environment,
      artifact: existsSync(file) ? file : 'cdktf.json',
      report: reports[environment] ?? checkPolicy(stacks, UNKNOWN),
    };
  });
  const notices = strict.map((environment) => `The app does not tell the tier of ${environment}: it is held to every rule of the policy.`);
  return { ...input, policy, notices: [...(input.notices ?? []), ...notices] };
}

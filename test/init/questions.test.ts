import { ask, type Given } from '../../init';
import { CIRCUMSTANCES } from './repositories';

/** Answers in the order of the questions; every further one is empty. Gives what was asked, and what was said. */
async function conversation(given: Given, answers: readonly string[]) {
  const asked: string[] = [];
  const told: string[] = [];
  const left = [...answers];
  const result = await ask(given, CIRCUMSTANCES, {
    ask: async (text, otherwise) => {
      asked.push(`${text} (${otherwise})`);
      return left.shift() ?? '';
    },
    tell: (text) => void told.push(text),
  });
  return { asked, told, result };
}

describe('the questions', () => {
  it('are seven where every answer is empty, and then nothing is said', async () => {
    const { asked, told, result } = await conversation({}, []);
    expect(asked).toEqual([
      'What is it called? It begins the IDs of projects (acme)',
      'Domain of your organization (acme.example)',
      'Region of Google Cloud (europe-west4)',
      'Environments, of dev, staging, prod (dev,staging,prod)',
      'Parts, of gateway, endpoint, perimeter, registry, or none (gateway)',
      'Public ranges that call the gateway (none, only from inside the network)',
      'Repository on GitHub, OWNER/NAME (none, nothing is deployed from GitHub)',
    ]);
    expect({ told, result }).toEqual({ told: [], result: {} });
  });

  it('lead to each other, and an answer that is wrong is asked for again', async () => {
    const answers = [
      'widgets',
      'widgets.com',
      '',
      'dev',
      'perimeter',
      'gateway',
      '',
      'widgets',
      'widgets/ai',
      '12',
      '',
      '@other/x',
      '@widgets/sec',
    ];
    const { asked, told, result } = await conversation({}, answers);
    expect(result).toEqual({
      name: 'widgets',
      domain: 'widgets.com',
      environments: 'dev',
      parts: 'gateway',
      github: 'widgets/ai',
      githubOwnerId: '12',
      securityTeam: '@widgets/sec',
    });
    expect(told).toEqual([
      'perimeter: dev has none, since it is open to public registries. Add staging or prod to --environments, or leave it out.',
      '"widgets" is not OWNER/REPOSITORY, without a wildcard',
      '@other/x is a team of other, and the repository is of widgets. Name a team of the same owner.',
    ]);
    expect(asked).toContain('Domain of your organization (widgets.example)');
    expect(asked.filter((text) => text.startsWith('Parts'))).toHaveLength(2);
  });

  it('are not asked for what a flag has said, or what no part needs', async () => {
    const given = { name: 'acme', domain: 'acme.com', region: 'us-east1', environments: 'prod', parts: 'perimeter', github: 'a/b' };
    const { asked } = await conversation(given, []);
    expect(asked.map((text) => text.replace(/ \(.*/, ''))).toEqual([
      'Number of the organization',
      'Number of its owner',
      'Number of the repository',
      'Team that agrees to changes of what protects, @OWNER/TEAM',
    ]);
  });
});

import { repositoryFiles } from '../../init';
import { nameOf } from '../../init/given';
import { choices, CIRCUMSTANCES, filesOf, mistakes, textOf } from './repositories';

describe('what was asked for', () => {
  it('needs nothing to be said: the directory has a name', () => {
    expect(choices()).toEqual({
      name: 'acme',
      domain: 'acme.example',
      region: 'europe-west4',
      environments: ['dev', 'staging', 'prod'],
      parts: ['gateway'],
      projects: { dev: { id: 'acme-ai-dev' }, staging: { id: 'acme-ai-staging' }, prod: { id: 'acme-ai-prod' } },
      group: 'ai-platform@acme.example',
      callers: [],
      zone: { name: 'acme-example' },
      awsRegion: 'eu-central-1',
      awsAccounts: {},
      cdktfProjectId: CIRCUMSTANCES.newId(),
      package: '0.1.0',
    });
  });

  it.each([
    ['acme', 'acme'],
    ['Acme_AI Platform', 'acme-ai-platform'],
    ['2026-gateway', 'gateway'],
    ['a-very-long-name-of-a-directory', 'a-very-long-name-of'],
    ['/', 'acme'],
    ['goog', 'acme'],
  ])('takes a name from a directory that is called %s', (directory, name) => expect(nameOf(directory)).toBe(name));

  it('is told everything that is wrong at once, in the words of the environment file', () => {
    expect(
      mistakes({
        name: 'Acme',
        domain: 'acme',
        region: 'evrope',
        environments: 'dev,test',
        parts: 'gateway,vpn',
        project: ['dev=x', 'prod=acme-ai-prod', 'dev'],
        organization: 'acme',
        group: 'nobody',
        callers: '10.0.0.1/8,here',
        dnsZone: 'p/zone',
        github: 'acme',
        githubOwnerId: 'acme',
        securityTeam: 'security',
        cdktfProjectId: '1',
        package: '"',
      }),
    ).toEqual([
      '--name  "Acme" is not a name: 2 to 19 of a-z, 0-9 and dash, starting with a letter, not ending with a dash',
      '--domain  "acme" is not a domain in lower case, e.g. llm.example.com',
      '--environments  "test" is none of dev, staging, prod',
      '--parts  "vpn" is none of gateway, endpoint, perimeter, registry',
      '--region  "evrope" is not a Google Cloud region, e.g. europe-west4',
      '--project  "prod" is none of the environments dev',
      '--project  "dev" is not ENVIRONMENT=ID or ENVIRONMENT=ID:NUMBER',
      '--project  "x" is not a project ID: 6 to 30 of a-z, 0-9 and dash, starting with a letter, not ending with a dash',
      '--organization  "acme" is not the number of an organization',
      '--group  "nobody" is not an e-mail address',
      '--callers  "10.0.0.1/8" is not the start of a range: the /8 that holds this address is 10.0.0.0/8',
      '--callers  "here" is not an IPv4 range, e.g. 203.0.113.0/24, or 203.0.113.7/32 for one address',
      '--dns-zone  "p" is not a project ID: 6 to 30 of a-z, 0-9 and dash, starting with a letter, not ending with a dash',
      '--github-owner-id  "acme" is not the number that never changes, e.g. 8837461',
      '--github  "acme" is not OWNER/REPOSITORY, without a wildcard',
      '--security-team  "security" is not a team or somebody on GitHub: @OWNER/TEAM or @NAME',
      '--cdktf-project-id  "1" is not a UUID',
      '--package  "\\"" is not a version, or where the package is, without blanks',
    ]);
  });

  it.each([
    [{ environments: ' ' }, '--environments  names none'],
    [{ environments: 'dev', parts: 'perimeter' }, '--parts  perimeter: dev has none, since it is open to public registries'],
    [{ parts: 'none', callers: '203.0.113.0/24' }, '--callers  says nothing without the part gateway'],
    [{ parts: 'gateway', accessPolicy: '123456' }, '--access-policy  says nothing without the part perimeter'],
    [{ awsAccount: ['dev=123456789012'] }, '--aws-account  says nothing without the part registry'],
    [{ githubOwnerId: '12' }, '--github-owner-id  says nothing without --github'],
    [{ project: ['dev=acme-ai-one', 'prod=acme-ai-one'] }, '--project  is the same for two environments'],
    [{ project: ['dev=acme-ai-one', 'dev=acme-ai-two'] }, '--project  dev is given twice'],
    [{ parts: 'registry', awsAccount: ['dev=123456789012', 'prod=123456789012'] }, '--aws-account  is the same for two environments'],
    [
      { github: 'acme/gateway', securityTeam: '@other/security' },
      '--security-team  @other/security is a team of other, and the repository is of acme',
    ],
  ])('has to go together: %j', (given, mistake) => expect(mistakes(given)).toEqual([mistake]));

  it('makes the same bytes each time', () => {
    const given = { parts: 'gateway,endpoint,perimeter,registry', github: 'acme/gateway' };
    expect(filesOf(given)).toEqual(filesOf(given));
  });

  it('stands in the files, and then nothing is left to fill in but the image and the model', () => {
    const chosen = choices({
      name: 'acme',
      domain: 'acme.com',
      region: 'us-central1',
      environments: 'prod,staging',
      parts: 'gateway,endpoint,perimeter,registry',
      project: ['staging=acme-llm-test:730415928846', 'prod=acme-llm-prod:905148237260'],
      accessPolicy: '884412097365',
      group: 'platform@acme.com',
      callers: '203.0.113.0/24',
      dnsZone: 'acme-dns/acme',
      awsRegion: 'us-east-1',
      awsAccount: ['staging=321098765432', 'prod=432109876543'],
      github: 'acme/gateway',
      githubOwnerId: '6154722',
      githubRepositoryId: '914028375',
      securityTeam: '@acme/guardians',
    });
    const files = repositoryFiles(chosen);
    const all = files.map(({ path, text }) => (path.startsWith('environments/') && path.endsWith('.yaml') ? text : '')).join('\n');
    for (const text of [
      '730415928846',
      '905148237260',
      '884412097365',
      '203.0.113.0/24',
      'platform@acme.com',
      'us-east-1',
      '"432109876543"',
    ])
      expect(all).toContain(text);
    expect(all).toContain('zone:\n          name: acme\n          project: acme-dns');
    expect(all).toContain('acme/gateway: "914028375"');
    expect(all).toContain('location: us\n');
    expect([...all.matchAll(/# Fill in: (.*)/g)].map(([, what]) => what)).toEqual([
      'the version in your model registry',
      'digest of the image of LiteLLM 1.106.2 in your repository (README.md)',
      'the version in your model registry',
    ]);
    expect(textOf(files, '.github/CODEOWNERS')).toContain('@acme/guardians');
    expect(files.map(({ path }) => path)).not.toContain('environments/dev.yaml');
  });
});

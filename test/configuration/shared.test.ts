import { join } from 'node:path';
import { checkFiles, environmentFiles, location, type CheckedFiles, type Environment } from '../../configuration';
import { HEAD } from '../support/answers';
import { withFiles } from '../support/files';

const check = (files: Record<string, string>): CheckedFiles =>
  withFiles(files, (directory) => relative(directory, checkFiles(environmentFiles(directory))));

/** Problems as if the directory were the working directory. */
function relative(directory: string, { environments, problems, warnings }: CheckedFiles): CheckedFiles {
  const short = (text: string) => text.replaceAll(join(directory, '/'), '');
  return {
    environments,
    problems: problems.map((problem) => ({
      ...problem,
      place: { ...problem.place, file: short(problem.place.file) },
      ...(problem.help === undefined ? {} : { help: short(problem.help) }),
    })),
    warnings,
  };
}

const lines = ({ problems }: CheckedFiles): string[] =>
  problems.map(
    ({ place, path, message, environments }) =>
      `${location(place)}  ${path}  ${message}${environments ? ` (${environments.join(', ')})` : ''}`,
  );

const only = (files: Record<string, string>): Environment => {
  const checked = check(files);
  expect(checked.problems).toEqual([]);
  return checked.environments[0]!.environment;
};

const TWO_LINES = 'tier: development\nproject: { id: acme-ai-x, number: "123456789012" }\n';

describe('what environments share', () => {
  it('stands under what each one says itself: maps are merged, scalars replaced', () => {
    const environment = only({
      'shared.yaml': 'region: us-east1\nlabels: { team: a, cost: b }\nnetwork: { nat: true, flowLogs: true }\n',
      'dev.yaml': `${HEAD}labels: { cost: c }\n`.replace('subnet: 10.0.0.0/24', 'subnet: 10.0.0.0/24, nat: false'),
    });
    expect(environment.region).toBe('europe-west4');
    expect(environment.labels).toEqual({ team: 'a', cost: 'c' });
    expect(environment.network).toEqual({ subnet: '10.0.0.0/24', nat: false, flowLogs: true });
  });

  it('can say everything but tier and project', () => {
    const shared = HEAD.split('\n').slice(2).join('\n');
    expect(only({ 'shared.yaml': shared, 'dev.yaml': TWO_LINES })).toEqual(only({ 'dev.yaml': HEAD }));
  });

  it('completes a map of the same kind, whether or not the environment repeats the kind', () => {
    const shared = 'state: { backend: gcs, bucket: acme-state }\n';
    const dev = (state: string) => HEAD.replace('{ backend: local }', state);
    const expected = { backend: 'gcs', bucket: 'acme-state', prefix: 'a' };
    expect(only({ 'shared.yaml': shared, 'dev.yaml': dev('{ prefix: a }') }).state).toEqual(expected);
    expect(only({ 'shared.yaml': shared, 'dev.yaml': dev('{ backend: gcs, prefix: a }') }).state).toEqual(expected);
  });

  it('is replaced whole by a map of another kind', () => {
    const environment = only({
      'shared.yaml': 'state: { backend: gcs, bucket: acme-state }\nsecrets: { a: { source: generated, length: 64 } }\n',
      'dev.yaml': `${HEAD}secrets: { a: { source: provided } }\n`,
    });
    expect(environment.state).toEqual({ backend: 'local', directory: '.state' });
    expect(environment.secrets).toEqual({ a: { source: 'provided', value: 'by-hand', version: 1 } });
  });

  it('may be nothing', () => {
    expect(only({ 'shared.yaml': '# nothing yet\n', 'dev.yaml': HEAD })).toEqual(only({ 'dev.yaml': HEAD }));
  });
});

describe('a problem with what environments share', () => {
  const both = { 'dev.yaml': HEAD, 'prod.yaml': HEAD };

  it('is found where it stands, once for all environments', () => {
    const checked = check({ ...both, 'shared.yaml': 'network: { natt: true }\nencryption: { rotationDays: 0 }\nlabels: { a: no }\n' });
    expect(lines(checked)).toEqual([
      'shared.yaml:1:12  network.natt  unknown key',
      'shared.yaml:2:29  encryption.rotationDays  0 is not a whole number from 1 to 3650',
      'shared.yaml:3:14  labels.a  no is a boolean to readers of YAML 1.1, and text is needed here',
    ]);
    expect(checked.environments).toEqual([]);
  });

  it('is found even where every environment overrides it', () => {
    expect(lines(check({ ...both, 'shared.yaml': 'region: here\n' }))).toEqual([
      'shared.yaml:1:9  region  here is not a Google Cloud region, e.g. europe-west4',
    ]);
  });

  it('names the environments, if it is one for some only', () => {
    const prod = HEAD.replace('development', 'production').replace('{ backend: local }', '{ backend: gcs, bucket: acme-state }');
    const shared = 'images: { remotes: { hub: { upstream: docker-hub } } }\n';
    expect(lines(check({ 'dev.yaml': HEAD, 'prod.yaml': prod, 'prod-us.yaml': prod, 'shared.yaml': shared }))).toEqual([
      'shared.yaml:1:22  images.remotes.hub  the production tier does not pull from docker-hub: what is replaced or deleted there would reach production unseen (prod, prod-us)',
    ]);
  });

  it('says that what tells environments apart is not shared', () => {
    expect(lines(check({ ...both, 'shared.yaml': 'tier: staging\nproject: { id: acme-ai-y }\n' }))).toEqual([
      'shared.yaml:1:1  tier  is not shared: it is what tells environments apart',
      'shared.yaml:2:1  project  is not shared: it is what tells environments apart',
    ]);
  });

  it('calls nothing missing while the shared file cannot be read, but still finds what else is wrong', () => {
    expect(lines(check({ 'shared.yaml': 'region: "x\n', 'dev.yaml': `${TWO_LINES}regoin: a\nnetwork: { nat: no }\n` }))).toEqual([
      'dev.yaml:3:1  regoin  unknown key',
      'dev.yaml:4:17  network.nat  no is text, and true or false is needed here',
      'shared.yaml:1:11    a quote is not closed: the text runs to the end of the file',
    ]);
  });

  it('is answered in the environment, where a map that is begun there lacks a key', () => {
    const checked = check({ 'shared.yaml': '# of all\naws: { region: eu-central-1 }\n', 'dev.yaml': HEAD });
    expect(lines(checked)).toEqual(['dev.yaml:1:1  aws.accountId  is missing']);
    expect(checked.problems[0]?.help).toMatch(/^Add it \(aws begins at shared\.yaml:2:1\)\. Account ID/);
  });
});

describe('problems of several files', () => {
  it('are found all at once, sorted by file and line', () => {
    const wrong = HEAD.replace('development', 'x').replace('europe-west4', 'y');
    expect(lines(check({ 'b.yaml': wrong, 'a.yaml': wrong, 'shared.yaml': 'nat: 1\n' })).map((line) => line.split('  ')[0])).toEqual([
      'a.yaml:1:7',
      'a.yaml:3:9',
      'b.yaml:1:7',
      'b.yaml:3:9',
      'shared.yaml:1:1',
    ]);
  });
});

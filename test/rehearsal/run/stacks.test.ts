import { inOrder, reversed } from '../../../rehearsal/run/schedule';
import { RehearsalError } from '../../../rehearsal/run/exit-codes';
import { demandOf } from '../../../rehearsal/run/demand';
import { environmentOf, nearest, select, type Configuration, type Stack } from '../../../rehearsal/run/stacks';

const stack = (id: string, configuration: Configuration = {}): Stack => ({
  id,
  environment: environmentOf(id),
  directory: '/nowhere',
  dependencies: [],
  configuration,
  warnings: [],
});

const STACKS = ['dev-foundation', 'dev-gateway', 'eu-prod-foundation'].map((id) => stack(id));

describe('select', () => {
  it('takes everything before the last dash for the environment', () => {
    expect(select(STACKS, ['eu-prod']).map(({ id }) => id)).toEqual(['eu-prod-foundation']);
    expect(select(STACKS, ['dev']).map(({ id }) => id)).toEqual(['dev-foundation', 'dev-gateway']);
    expect(select(STACKS, 'all')).toHaveLength(3);
  });

  it('tells every unknown name at once, with what was probably meant', () => {
    expect(() => select(STACKS, ['dve', 'dev', 'production'])).toThrow(
      "there is no environment or stack 'dve'; did you mean 'dev'?\nthere is no environment or stack 'production'\n" +
        'known: dev, eu-prod, and their stacks',
    );
  });

  it('takes single stacks, with all that they stand on, in whatever way they are called', () => {
    const on = (id: string, ...dependencies: string[]): Stack => ({ ...stack(id), dependencies });
    const app = [on('web-prod', 'data-prod', 'network'), on('data-prod', 'network'), on('network'), on('web-test', 'network')];
    const ids = (...names: string[]) => select(app, names).map(({ id }) => id);
    expect(ids('web-prod')).toEqual(['web-prod', 'data-prod', 'network']);
    expect(ids('network')).toEqual(['network']);
    expect(ids('web')).toHaveLength(4);
    expect(() => ids('web-prd')).toThrow("there is no environment or stack 'web-prd'; did you mean 'web-prod'?");
  });

  it('says that an app has no stacks', () => {
    expect(() => select([], 'all')).toThrow('the app synthesized no stack');
  });

  it('takes only what is near for meant', () => {
    expect(nearest('stagin', ['dev', 'staging'])).toBe('staging');
    expect(nearest('x', ['production'])).toBeUndefined();
    expect(nearest('x', [])).toBeUndefined();
  });
});

describe('demandOf', () => {
  const required = (providers: Record<string, string>) => ({
    required_providers: Object.fromEntries(Object.entries(providers).map(([name, source]) => [name, { source }])),
  });

  it('asks for each type once, from the provider that its block, its name or required_providers say', () => {
    const demand = demandOf([
      stack('dev-a', {
        terraform: required({ google: 'google', mine: 'registry.terraform.io/hashicorp/aws' }),
        resource: { google_compute_network: { A: {}, B: {} }, terraform_data: { C: {} }, thing: { D: { provider: 'mine.other' } } },
        ephemeral: { random_password: { E: {} } },
      }),
      stack('dev-b', { resource: { google_compute_network: { A: {} } }, data: { google_project: { P: {} } } }),
    ]);
    expect(demand).toEqual({
      providers: ['aws', 'google', 'random'],
      types: [
        { provider: 'google', kind: 'data', type: 'google_project' },
        { provider: 'random', kind: 'ephemeral', type: 'random_password' },
        { provider: 'google', kind: 'resource', type: 'google_compute_network' },
        { provider: 'aws', kind: 'resource', type: 'thing' },
      ],
    });
  });

  it('asks for a provider that is configured but not used, and for what states hold', () => {
    expect(demandOf([stack('dev-a', { terraform: required({ aws: 'aws' }) })], ['google_kms_key_ring', 'terraform_data'])).toEqual({
      providers: ['aws', 'google'],
      types: [{ provider: 'google', kind: 'resource', type: 'google_kms_key_ring' }],
    });
  });

  it('names every provider that is not embedded', () => {
    expect(() =>
      demandOf([stack('dev-a', { terraform: required({ null: 'hashicorp/null' }), resource: { azurerm_resource_group: { G: {} } } })]),
    ).toThrow(
      'dev-a: provider hashicorp/null is not embedded; there are: hashicorp/google, hashicorp/aws, hashicorp/random\n' +
        'dev-a: provider hashicorp/azurerm is not embedded; there are: hashicorp/google, hashicorp/aws, hashicorp/random',
    );
  });
});

describe('inOrder', () => {
  const work = (id: string, ...dependencies: string[]) => ({ id, dependencies });

  it('starts nothing before what it depends on, and no more at a time than allowed', async () => {
    const events: string[] = [];
    let running = 0;
    let most = 0;
    await inOrder([work('c', 'a', 'b'), work('a'), work('b', 'a'), work('d'), work('e')], 2, async ({ id }) => {
      most = Math.max(most, ++running);
      events.push(`+${id}`);
      await new Promise((later) => setTimeout(later, 5));
      events.push(`-${id}`);
      running--;
    });
    expect(most).toBe(2);
    expect(events.indexOf('-a')).toBeLessThan(events.indexOf('+b'));
    expect(events.indexOf('-b')).toBeLessThan(events.indexOf('+c'));
  });

  it('does not start what waits for a failure, and goes on with the rest', async () => {
    const ends = await inOrder([work('a'), work('b', 'a'), work('c', 'b'), work('d')], 4, ({ id }) =>
      id === 'a' ? Promise.reject(new Error('no')) : Promise.resolve(id),
    );
    expect(Object.fromEntries(ends)).toEqual({
      a: { error: new Error('no') },
      b: { blockedBy: 'a' },
      c: { blockedBy: 'b' },
      d: { result: 'd' },
    });
  });

  it('ignores dependencies on what is not part of the work', async () => {
    expect(await inOrder([work('a', 'elsewhere')], 1, () => Promise.resolve(1))).toEqual(new Map([['a', { result: 1 }]]));
  });

  it('says which stacks depend on each other in a circle', async () => {
    await expect(inOrder([work('a', 'b'), work('b', 'a')], 1, () => Promise.resolve())).rejects.toThrow('a circle: a, b');
  });

  it('runs backwards when reversed', () => {
    expect(reversed([work('a'), work('b', 'a'), work('c', 'a')])).toEqual([work('c'), work('b'), work('a', 'b', 'c')]);
  });
});

it('a RehearsalError knows its exit code', () => {
  expect(new RehearsalError('leak', 'x').exitCode).toBe(8);
});

import { parsePlan, PlanError } from '../../../review';
import { planText } from '../plans';

const read = (text: string) => parsePlan(text, { source: 'x.json' });

const plan = (more: object) => JSON.stringify({ format_version: '1.2', ...more });

const messageOf = (text: string): string => {
  try {
    read(text);
  } catch (error) {
    expect(error).toBeInstanceOf(PlanError);
    return (error as Error).message;
  }
  throw new Error('it was read');
};

describe('what is no plan is refused with a message', () => {
  it.each([
    ['no JSON', '{"secret": p1anted', /^x\.json: this is not JSON\. Give the output of `terraform show -json <plan file>`/],
    ['a list', '[]', /this is no plan/],
    ['a state', JSON.stringify({ format_version: '1.0', terraform_version: '1.11.4', values: {} }), /a state, not a plan/],
    ['a log', JSON.stringify({ '@level': 'info', type: 'version' }), /no format_version: this is the log of `plan -json`/],
    ['another format', JSON.stringify({ format_version: '2.0' }), /format_version is 2\.0; this program reads 1\.x/],
    ['a broken change', plan({ resource_changes: [{ address: 'a' }] }), /resource_changes\[0\]\.type: /],
    ['too many problems', plan({ resource_changes: Array.from({ length: 30 }, () => 1) }), /… and 20 more/],
    ['too deep', `{"format_version":"1.2","resource_changes":${'['.repeat(5000)}${']'.repeat(5000)}}`, /more than 200 levels deep/],
  ])('%s', (_, text, message) => {
    expect(messageOf(text)).toMatch(message);
    expect(messageOf(text)).not.toContain('p1anted');
  });
});

describe('a plan', () => {
  it('is read whatever minor version it has, with properties that are not known', () => {
    expect(read(plan({ format_version: '1.99', novelty: { a: 1 } })).changes).toEqual([]);
    expect(read(`\ufeff${plan({})}`).errored).toBe(false);
  });

  it('tells Terraform from OpenTofu by the registry of its providers', () => {
    expect(read(planText('create')).engine).toEqual({ name: 'terraform', version: '1.11.4' });
    expect(read(planText('tofu-create')).engine.name).toBe('tofu');
  });

  it('keeps an action that it does not know', () => {
    const change = { actions: ['evolve'], before: null, after: {} };
    const [known] = read(plan({ resource_changes: [{ address: 'a.b', type: 'a', name: 'b', change }] })).changes;
    expect(known).toMatchObject({ action: 'unknown', actions: ['evolve'] });
  });

  it('reads create and forget, deferred changes and invocations', () => {
    const resource = { address: 'a.b', type: 'a', name: 'b', change: { actions: ['create', 'forget'], before: {}, after: {} } };
    const all = read(
      plan({
        resource_changes: [resource],
        deferred_changes: [{ reason: 'provider_config_unknown', resource_change: { ...resource, address: 'a.c' } }],
        action_invocations: [{ address: 'action.a.b' }],
        complete: false,
      }),
    );
    expect(all.changes).toMatchObject([{ action: 'replace', order: 'forgotten' }, { deferred: 'provider_config_unknown' }]);
    expect(all).toMatchObject({ invocations: ['action.a.b'], complete: false });
  });

  it('repeats no reason that is not a word', () => {
    const change = { actions: ['delete'], before: {}, after: null };
    const [told] = read(
      plan({ resource_changes: [{ address: 'a.b', type: 'a', name: 'b', action_reason: '**all good**', change }] }),
    ).changes;
    expect(told!.reason).toBe('not known');
  });

  it('does not take null for {} for drift', () => {
    const drift = (after: object) => ({
      address: 'a.b',
      type: 'a',
      name: 'b',
      change: { actions: ['update'], before: { tags: null, n: 1 }, after },
    });
    expect(read(plan({ resource_drift: [drift({ tags: {}, n: 1 })] })).drift).toEqual([]);
    expect(read(plan({ resource_drift: [drift({ tags: {}, n: 2 })] })).drift).toHaveLength(1);
    const relevant_attributes = [{ resource: 'a.b', attribute: ['tags'] }];
    expect(read(plan({ resource_drift: [drift({ tags: {}, n: 1 })], relevant_attributes })).drift).toHaveLength(1);
  });
});

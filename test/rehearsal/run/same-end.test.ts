import { differencesOfEnds } from '../../../rehearsal/run/same-end';
import { type Stack } from '../../../rehearsal/run/stacks';
import { type Instance } from '../../../rehearsal/run/state';

const stack: Stack = {
  id: 'dev-x',
  environment: 'dev',
  directory: '/nowhere',
  dependencies: [],
  warnings: [],
  configuration: {
    resource: {
      key: { K: { name: 'k', '//': {}, lifecycle: {} } },
      user: { U: { of: '${key.K.number}', text: 'key ${key.K.number} of ${key.K.made}', labels: {} } },
    },
  },
};

const key = (attributes: object): Instance => ({
  address: 'key.K',
  type: 'key',
  attributes: { name: 'k', number: '111', made: '10:00', ...attributes },
});
const user = (attributes: object = {}): Instance => ({
  address: 'user.U',
  type: 'user',
  attributes: { of: '111', text: 'key 111 of 10:00', labels: null, ...attributes },
});

const differences = (undisturbed: Instance[], disturbed: Instance[]) => differencesOfEnds([{ stack, undisturbed, disturbed }]);

describe('differencesOfEnds', () => {
  it('finds none between equals', () => {
    expect(differences([key({}), user()], [key({}), user()])).toEqual([]);
  });

  it('lets what the service makes up differ, and with it what refers to it', () => {
    const disturbed = [key({ number: '222', made: '10:05' }), user({ of: '222', text: 'key 222 of 10:05' })];
    expect(differences([key({}), user()], disturbed)).toEqual([]);
  });

  it('does not let a reference lead to what nothing made up', () => {
    expect(differences([key({}), user()], [key({ number: '222' }), user({ of: '333', text: 'key 222 of 10:00' })])).toEqual([
      'dev-x: user.U has another of',
    ]);
  });

  it('takes null and zero values for the same, and nothing else', () => {
    expect(differences([user({ labels: null })], [user({ labels: {} })])).toEqual([]);
    expect(differences([user({ labels: { a: 'b' } })], [user({ labels: null })])).toEqual(['dev-x: user.U has another labels']);
    expect(differences([user({ labels: { a: 'b', c: 'd' } })], [user({ labels: { a: 'x', c: 'd' } })])).toEqual([
      'dev-x: user.U has another labels.a',
    ]);
    expect(differences([user({ labels: { a: 'b' } })], [user({ labels: { a: 'b', stray: 'x' } })])).toEqual([
      'dev-x: user.U has another labels.stray',
    ]);
  });

  it('lets what the service makes up inside configured blocks differ as well', () => {
    const blocks = {
      ...stack,
      configuration: { resource: { policy: { P: { spec: [{ rule: 'a' }], one: { rule: 'b', list: ['x', 'y'] } } } } },
    };
    const policy = (rule: string, made: string): Instance => ({
      address: 'policy.P',
      type: 'policy',
      attributes: { spec: [{ rule, made }], one: [{ rule: 'b', list: ['x', 'y'], made }] },
    });
    const compare = (...[undisturbed, disturbed]: Instance[]) =>
      differencesOfEnds([{ stack: blocks, undisturbed: [undisturbed!], disturbed: [disturbed!] }]);
    expect(compare(policy('a', '10:00'), policy('a', '10:05'))).toEqual([]);
    expect(compare(policy('a', '10:00'), policy('c', '10:05'))).toEqual(['dev-x: policy.P has another spec.0.rule']);
    const fewer: Instance = { ...policy('a', '10:00'), attributes: { spec: [], one: [{ rule: 'b', list: ['x', 'z'] }] } };
    expect(compare(policy('a', '10:00'), fewer)).toEqual(['dev-x: policy.P has another spec', 'dev-x: policy.P has another one.0.list.1']);
  });

  it('tells what is missing and what should not be there', () => {
    const stray: Instance = { address: 'key.Stray', type: 'key', attributes: {} };
    expect(differences([key({}), user()], [key({}), stray])).toEqual(['dev-x: user.U is missing', 'dev-x: key.Stray should not be there']);
  });

  it('finds another name, whatever else is the same', () => {
    expect(differences([key({})], [key({ name: 'other' })])).toEqual(['dev-x: key.K has another name']);
  });
});

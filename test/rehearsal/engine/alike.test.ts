import { normalized, sameValue } from '../../../rehearsal/engine/alike';
import { type Alike, ALIKE, type CtyType } from '../../../rehearsal/schema/types';

const attribute = (alike: Alike | undefined, type: CtyType = 'string') => ({ type, ...(alike && { alike }) });

const network = 'projects/p/global/networks/default';

const same: [Alike, string, string][] = [
  ['case', 'tcp', 'TCP'],
  ['capitals', 'EU', 'eu'],
  ['member', 'user:Ada@acme.example', 'user:ada@acme.example'],
  ['json', '{"a":1,"b":[2]}', ' { "b": [2], "a": 1 } '],
  ['link', network, 'default'],
  ['link', `https://www.googleapis.com/compute/v1/${network}`, network],
  ['duration', '7d', '604800s'],
  ['duration', '90m', '1.5h'],
];

const different: [Alike, string, string][] = [
  ['case', 'tcp', 'udp'],
  ['member', 'principal://iam.googleapis.com/x/subject/Ns', 'principal://iam.googleapis.com/x/subject/ns'],
  ['json', '{"a":1}', '{"a":2}'],
  ['json', 'not json', 'nor this'],
  ['link', network, 'other'],
  ['link', network, 'projects/q/global/networks/default'],
  ['link', 'default', network],
  ['duration', '7d', '7h'],
  ['duration', 'a week', 'seven days'],
];

describe('values that differ and are the same', () => {
  it.each(same)('%s: %s is %s', (alike, prior, config) => expect(sameValue(attribute(alike), prior, config)).toBe(true));

  it.each(different)('%s: %s is not %s', (alike, prior, config) => expect(sameValue(attribute(alike), prior, config)).toBe(false));

  it('takes lists for the same whatever their order, where the provider does', () => {
    const list = attribute('order', ['list', 'string']);
    expect(sameValue(list, ['a', 'b'], ['b', 'a'])).toBe(true);
    expect(sameValue(list, ['a', 'a', 'b'], ['a', 'b', 'b'])).toBe(false);
    expect(sameValue(attribute(undefined, ['list', 'string']), ['a', 'b'], ['b', 'a'])).toBe(false);
  });

  it('compares the elements of a list', () => {
    const links = attribute('link', ['list', 'string']);
    expect(sameValue(links, [network, network], ['default', network])).toBe(true);
    expect(sameValue(links, [network], ['default', 'default'])).toBe(false);
  });

  it.each(ALIKE)('%s: what is the same needs no likeness', (alike) => expect(sameValue(attribute(alike), 'text', 'text')).toBe(true));
});

describe('what the provider makes of a value while planning', () => {
  it.each([
    ['capitals', 'europe-west1', 'EUROPE-WEST1'],
    ['json', '{ "b": "<1>", "a": [true] }', '{"a":[true],"b":"\\u003c1\\u003e"}'],
    ['json', 'no json', 'no json'],
    ['case', 'TCP', 'TCP'],
  ] as const)('%s: %s becomes %s', (alike, given, planned) => expect(normalized(attribute(alike), given)).toBe(planned));
});

import { divergence, fingerprint, type Plan, readPlan } from '../../../review';
import { realPlan } from '../plans';

const changes = (...resources: [address: string, actions: string[], before: object | null, after: object | null][]): Plan =>
  readPlan(
    {
      format_version: '1.2',
      resource_changes: resources.map(([address, actions, before, after]) => ({
        address,
        type: 'a',
        name: 'b',
        change: { actions, before, after },
      })),
    },
    { source: 'prod-gateway.json', stack: 'prod-gateway' },
  );

const compared = (reviewed: Plan[], planned: Plan[]) => divergence(reviewed.map(fingerprint), planned.map(fingerprint));

describe('the difference between what was reviewed and what is planned', () => {
  it('is none where the plans do the same', () => {
    expect(compared([realPlan('update'), changes()], [changes(), realPlan('update')])).toEqual([]);
  });

  it('names what is new, what is gone, what is done in another way and to what else', () => {
    const reviewed = changes(
      ['a.same', ['update'], { x: 1 }, { x: 2 }],
      ['a.gone', ['delete'], { x: 1 }, null],
      ['a.worse', ['update'], { x: 1 }, { x: 2 }],
      ['a.other', ['update'], { split: { chat: 10, next: 90 } }, { split: { chat: 20, next: 80 } }],
    );
    const planned = changes(
      ['a.same', ['update'], { x: 1 }, { x: 2 }],
      ['a.new', ['create'], null, { x: 1 }],
      ['a.worse', ['delete', 'create'], { x: 1 }, { x: 2 }],
      ['a.other', ['update'], { split: { chat: 10, next: 90 } }, { split: { chat: 50, next: 50 } }],
    );
    expect(compared([reviewed], [planned])).toEqual([
      'prod-gateway',
      '  a.gone: delete was reviewed, and is not planned any more',
      '  a.new: create was not reviewed',
      '  a.other: update as reviewed, but not to the same: split.chat, split.next',
      '  a.worse: update was reviewed, replace, deleted-first is planned',
    ]);
  });

  it('takes a stack that is missing on either side for a difference, also where it does nothing', () => {
    expect(compared([], [changes()])).toEqual(['prod-gateway', '  nobody has reviewed a plan of this stack']);
    expect(compared([changes()], [])).toEqual(['prod-gateway', '  was reviewed, and is not planned now']);
  });

  it('is not fooled by a document in which a hash was edited', () => {
    const stack = fingerprint(changes(['a.b', ['update'], { x: 1 }, { x: 2 }]));
    expect(divergence([{ ...stack, hash: '0'.repeat(64) }], [stack])[1]).toMatch(/one of the two documents was edited/);
  });

  it('prints names for what they are', () => {
    const [, line] = compared([changes()], [changes(['a.b["\u202e\u001b[2J\n"]', ['create'], null, {}])]);
    expect(line).toBe('  a.b["\\u{202e}\\u{1b}[2J\\n"]: create was not reviewed');
  });
});

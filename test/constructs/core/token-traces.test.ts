import { Token, withoutTokenTraces } from '../../../constructs/core';

function bug(): never {
  throw new Error('a bug');
}

describe('withoutTokenTraces', () => {
  it('makes tokens that resolve as others do', () => {
    expect(Token.isUnresolved(withoutTokenTraces(() => Token.asString({ resolve: () => 'x' })))).toBe(true);
  });

  it('leaves errors their trace, and Node its formatter', () => {
    const before = Error.prepareStackTrace;
    let stack: string | undefined;
    try {
      withoutTokenTraces(bug);
    } catch (error) {
      stack = (error as Error).stack;
    }
    expect(stack).toMatch(/^Error: a bug\n\s+at .*bug/);
    expect(Error.prepareStackTrace).toBe(before);
  });
});

import { plainDisplay, terminalDisplay } from '../../../rehearsal/run/display';

describe('the plain display', () => {
  it('prints a line for a phase that begins and for what is to be told, and none for each resource', () => {
    const lines: string[] = [];
    const { listener, note } = plainDisplay((line) => lines.push(line));
    note('first without faults');
    listener({ stack: 'dev-a', phase: 'plan' });
    listener({ stack: 'dev-a', phase: 'apply' });
    listener({ stack: 'dev-b', phase: 'plan' });
    listener({ stack: 'dev-a', phase: 'apply', resource: 'x.y', done: 0 });
    listener({ stack: 'dev-a', phase: 'apply', done: 1 });
    listener({ stack: 'dev-a', phase: 'apply', note: '1 created' });
    listener({ stack: 'dev-a', phase: 'second plan', end: 'done' });
    listener({ stack: 'dev-b', phase: 'apply', end: 'failed' });
    expect(lines).toEqual(['first without faults', 'dev-a: plan', 'dev-a: apply', 'dev-b: plan', 'dev-a: 1 created', 'dev-b: failed']);
  });
});

describe('the terminal display', () => {
  let written: string;
  beforeEach(() => {
    written = '';
    for (const stream of [process.stdout, process.stderr]) {
      jest.spyOn(stream, 'write').mockImplementation((text) => ((written += String(text)), true));
    }
  });
  afterEach(() => jest.restoreAllMocks());

  it('prints what is told before there are stacks', () => {
    const lines: string[] = [];
    terminalDisplay((line) => lines.push(line)).note('synthesizing');
    expect(lines).toEqual(['synthesizing']);
  });

  it('shows each stack, and ends however the run ended', async () => {
    const display = terminalDisplay(() => undefined);
    display.begin(['dev-a', 'dev-b', 'dev-c']);
    await new Promise((later) => setTimeout(later, 20));
    display.listener({ stack: 'dev-a', phase: 'apply', resource: 'google_compute_network.Vpc', done: 3 });
    display.listener({ stack: 'dev-a', phase: 'second plan', end: 'done' });
    display.listener({ stack: 'dev-b', phase: 'apply', end: 'failed' });
    await display.end();
    for (const stack of ['dev-a', 'dev-b', 'dev-c']) expect(written).toContain(stack);
    expect(written).toContain('dev-b: failed');
    expect(written).toContain('dev-c: stopped');
  });

  it('ends when nothing had begun', async () => {
    await terminalDisplay(() => undefined).end();
    const display = terminalDisplay(() => undefined);
    display.begin(['dev-a']);
    await display.end();
  });
});

import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { synthesize, withoutStackTraces } from '../../../rehearsal/run/synthesize';
import { appWith, data, failureOf, temporaryDirectory } from './app';

const signal = new AbortController().signal;

function appThat(script: string): string {
  const app = appWith({ 'dev-x': data('x') });
  writeFileSync(join(app, 'app.js'), script);
  return app;
}

const failure = (app: string) => failureOf(synthesize(app, join(temporaryDirectory(), 'out'), signal));

describe('synthesize', () => {
  it('lets the app write into a directory of its own, and reads its manifest', async () => {
    const app = appWith({ 'dev-foundation': data('x'), 'eu-prod-gateway': { ...data('y'), dependencies: ['dev-foundation'] } });
    const out = join(temporaryDirectory(), 'out');
    const stacks = await synthesize(app, out, signal);
    expect(stacks.map(({ id, environment, dependencies, directory }) => ({ id, environment, dependencies, directory }))).toEqual([
      { id: 'dev-foundation', environment: 'dev', dependencies: [], directory: join(out, 'stacks', 'dev-foundation') },
      {
        id: 'eu-prod-gateway',
        environment: 'eu-prod',
        dependencies: ['dev-foundation'],
        directory: join(out, 'stacks', 'eu-prod-gateway'),
      },
    ]);
    expect(stacks.flatMap(({ warnings }) => warnings)).toEqual([]);
    expect(existsSync(join(app, 'cdktf.out'))).toBe(false);
  });

  it('gives the app no variables that lead to a cloud or change an engine', async () => {
    process.env['GOOGLE_OAUTH_ACCESS_TOKEN'] = 'real';
    try {
      const app = appThat('throw "seen: " + Object.keys(process.env).filter((name) => /^(GOOGLE|AWS|TF)_/.test(name)).join()');
      expect(await failure(app)).toContain('seen: \n');
    } finally {
      delete process.env['GOOGLE_OAUTH_ACCESS_TOKEN'];
    }
  });

  it('shows what the app said, without its stack trace', async () => {
    expect(await failure(appThat('throw new Error("dev.yaml:3:1 projekt: unknown key")'))).toBe(
      'synthesis: the stacks do not synthesize:\n  Error: dev.yaml:3:1 projekt: unknown key',
    );
    expect(await failure(appThat('console.error("dev.yaml:3:1 unknown key"); process.exitCode = 1'))).toBe(
      'synthesis: the stacks do not synthesize:\n  dev.yaml:3:1 unknown key',
    );
    expect(await failure(appThat('process.exit(3)'))).toBe(
      'synthesis: the stacks do not synthesize:\n  `node app.js` ended with exit code 3 and said nothing',
    );
  });

  it('says that the app wrote nothing', async () => {
    expect(await failure(appThat(''))).toBe('synthesis: `node app.js` wrote no manifest.json; does it end with app.synth()?');
  });

  it.each([
    ['{ "app": 3 }', 'says no "app": the command that synthesizes'],
    ['{', 'is not JSON: '],
  ])('says what is wrong with cdktf.json: %s', async (text, message) => {
    const app = appThat('');
    writeFileSync(join(app, 'cdktf.json'), text);
    expect(await failure(app)).toContain(message);
  });

  it('says that it was started elsewhere', async () => {
    const empty = temporaryDirectory();
    expect(await failure(empty)).toBe(`synthesis: ${empty} has no cdktf.json; start the rehearsal in the directory of the app`);
  });

  it('leaves out a minified source line that threw, line ends and all', () => {
    const text =
      '/app/node_modules/tool/dist/min.cjs:22\n  `)},"a"),b=t.split(`\n             \n\nError: Transform failed\n/app/x.ts:1:9: ERROR: Unexpected "="\n    at f (/app/x.js:1:2)\n';
    expect(withoutStackTraces(text)).toBe('Error: Transform failed\n/app/x.ts:1:9: ERROR: Unexpected "="');
  });

  it('leaves messages alone that only look like a trace', () => {
    const message = 'prod.yaml:3:1  region  must be one of\n  at least two regions\n    ^ here';
    expect(withoutStackTraces(message)).toBe(message);
  });
});

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scriptOf } from '../../../../constructs/vertex-endpoint/reconciler/script';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'reconciler-'))));
afterEach(() => rmSync(folder, { recursive: true }));

describe('the script as one text', () => {
  it.each([
    ['from a file', (file: string) => [file]],
    ['with node -e', () => ['-e', scriptOf('reconcile')]],
  ])('runs %s, far from this repository', (_how, args) => {
    const file = join(folder, 'reconcile.cjs');
    writeFileSync(file, scriptOf('reconcile'));
    const { status, stderr } = spawnSync(process.execPath, args(file), { cwd: folder, env: { VX_SPEC: '{}' }, encoding: 'utf8' });
    expect([status, stderr]).toEqual([2, 'VX_SPEC is wrong:\n  - mode is undefined; allowed: "reconcile", "clear"\n']);
  });

  it('needs nothing but Node', () => {
    const required = [...scriptOf('reconcile').matchAll(/require\('([^']+)'\)/g)].map(([, id]) => id).filter((id) => !id?.startsWith('./'));
    expect(new Set(required)).toEqual(new Set(['node:child_process', 'node:util']));
  });
});

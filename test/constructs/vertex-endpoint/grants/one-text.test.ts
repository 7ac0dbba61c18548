import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scriptOf } from '../../../../constructs/vertex-endpoint/reconciler/script';

it('the script as one text needs nothing but Node, and nothing of the reconciler', () => {
  const folder = mkdtempSync(join(tmpdir(), 'grant-'));
  const file = join(folder, 'grant.cjs');
  writeFileSync(file, scriptOf('grant'));
  const { status, stderr } = spawnSync(process.execPath, [file], { cwd: folder, env: { VX_SPEC: '{}' }, encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  expect([status, stderr]).toEqual([2, 'VX_SPEC is wrong:\n  - mode is undefined; allowed: "grant", "revoke"\n']);
  expect(scriptOf('grant')).not.toContain("modules['./plan']");
  expect(scriptOf('reconcile')).not.toContain("modules['./policy']");
});

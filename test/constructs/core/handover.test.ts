import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, EnvironmentStack } from '../../../constructs/core';
import { withFiles } from '../../support/files';
import { TEST_ENVIRONMENT } from '../../support/template';

describe('the handover of a stack', () => {
  const synthesizeInto = (outdir: string, files: Record<string, string>) => {
    const app = new App({ outdir, stackTraces: false });
    const stack = new EnvironmentStack(app, 'test-stack', TEST_ENVIRONMENT);
    for (const [path, content] of Object.entries(files)) stack.handover.add(path, content);
    app.synth();
    return join(outdir, 'stacks/test-stack/handover');
  };

  it('is written beside it, and what is no longer made is gone', () => {
    withFiles({}, (directory) => {
      const handover = synthesizeInto(directory, { 'kubernetes/web.yaml': 'a: 1\n', 'credentials/batch.json': '{}\n' });
      expect(readFileSync(join(handover, 'kubernetes/web.yaml'), 'utf8')).toBe('a: 1\n');
      synthesizeInto(directory, { 'kubernetes/web.yaml': 'a: 2\n' });
      expect(readFileSync(join(handover, 'kubernetes/web.yaml'), 'utf8')).toBe('a: 2\n');
      expect(existsSync(join(handover, 'credentials'))).toBe(false);
      synthesizeInto(directory, {});
      expect(existsSync(handover)).toBe(false);
    });
  });
});

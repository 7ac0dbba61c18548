import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { language } from '../../../../soak/language';

/** What makes each look at the clock of a program 20 minutes later than the one before; Node itself looks at it, too. */
export function hastyClock(folder: string): Record<string, string> {
  if (language() === 'python') {
    // Python imports a module of this name before anything else.
    writeFileSync(join(folder, 'sitecustomize.py'), 'import itertools, time\ntime.monotonic = itertools.count(0, 20 * 60).__next__\n');
    return { PYTHONPATH: folder };
  }
  const file = join(folder, 'clock.cjs');
  writeFileSync(file, 'let now = 0; performance.now = () => (now += 20 * 60_000);');
  return { NODE_OPTIONS: `--require ${file}` };
}

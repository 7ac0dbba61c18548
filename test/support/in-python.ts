import { python, speak } from '../../soak/language';
import { describeWith } from './requirements';

/**
 * Tests of a program, run once more on its Python port. They are the very tests of the Node program and not copies of them: whatever is asked
 * of the one is asked of the other.
 */
export function describeInPython(program: string, load: () => void): void {
  const found = python() !== '';
  describeWith({ met: found, reason: 'python3 is not on PATH' }, `${program}, in Python`, () => {
    speak('python');
    load();
  });
}

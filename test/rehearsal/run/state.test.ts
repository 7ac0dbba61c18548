import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { restoreState } from '../../../rehearsal/run/state';
import { withFiles } from '../../support/files';

const STATE = '{"version":4,"serial":7,"resources":[]}';

describe('a state that an engine was writing when it was killed', () => {
  it.each([
    ['nothing', ''],
    ['a part', STATE.slice(0, 20)],
  ])('is restored from the backup: %s is left', (_, left) =>
    withFiles({ 's.tfstate': left, 's.tfstate.backup': STATE }, (directory) => {
      expect(restoreState(join(directory, 's.tfstate'))).toBe(true);
      expect(readFileSync(join(directory, 's.tfstate'), 'utf8')).toBe(STATE);
    }),
  );

  it.each([
    ['whole', { 's.tfstate': STATE.replace('7', '8'), 's.tfstate.backup': STATE }],
    ['without a backup', { 's.tfstate': '' }],
    ['with a backup that is no state', { 's.tfstate': '', 's.tfstate.backup': '{}' }],
  ])('is left as it is where it is %s', (_, files) =>
    withFiles(files, (directory) => {
      expect(restoreState(join(directory, 's.tfstate'))).toBe(false);
      expect(readFileSync(join(directory, 's.tfstate'), 'utf8')).toBe(files['s.tfstate']);
    }),
  );
});

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { markdown } from '../../review';
import { SITUATIONS } from './fixtures/situations';
import { reportOf } from './plans';

describe('real plans of Terraform and OpenTofu', () => {
  it('are there for every situation, and for no other', () => {
    const files = readdirSync(join(__dirname, 'fixtures', 'plans')).map((file) => file.replace(/\.json$/, ''));
    expect(files.sort()).toEqual(SITUATIONS.map(({ name }) => name).sort());
    expect(SITUATIONS.length).toBeGreaterThanOrEqual(25);
  });

  it.each(SITUATIONS)('$name: $about', ({ name }) => {
    expect(markdown(reportOf(name), { title: 'dev' })).toMatchSnapshot();
  });
});

import { filesOf, textOf } from './repositories';

const FILES = filesOf({ parts: 'gateway,endpoint,perimeter,registry', github: 'acme/gateway' });
const PATHS = FILES.map(({ path }) => path);

describe('what people read first', () => {
  it('has links that lead somewhere', () => {
    const links = [...textOf(FILES, 'README.md').matchAll(/\]\(([^)]+)\)/g)].map(([, link]) => link!);
    expect(links.length).toBeGreaterThan(5);
    for (const link of links) expect(PATHS.some((path) => path === link || path.startsWith(`${link}/`))).toBe(true);
  });

  it('begins with five commands that need no account', () => {
    const [block] = textOf(FILES, 'README.md').match(/```sh\n[^`]*```/)!;
    expect(
      block!
        .split('\n')
        .slice(1, -1)
        .map((line) => line.replace(/ +#.*/, '')),
    ).toEqual(['npm install', 'npm run check', 'npm run rehearse -- dev', 'npm run policy', 'npm run rehearse -- --all']);
  });

  it('lists what is to be filled in, in every file', () => {
    const marked = FILES.filter(({ path, text }) => path !== 'README.md' && text.includes('# Fill in: ')).map(({ path }) => path);
    const listed = [...textOf(FILES, 'README.md').matchAll(/^\| (\S+) \| .+ \|$/gm)]
      .map(([, path]) => path!)
      .filter((path) => PATHS.includes(path));
    expect([...new Set(listed)]).toEqual(marked);
  });

  it('is owned where it protects: every line of CODEOWNERS names something that is there, or will be', () => {
    const owned = textOf(FILES, '.github/CODEOWNERS')
      .split('\n')
      .filter((line) => line.startsWith('/'))
      .map((line) => line.split(/ +/));
    for (const [path, owner] of owned) {
      expect(owner).toBe('@acme/security');
      const exists = PATHS.some((each) => `/${each}` === path || `/${each}`.startsWith(path!));
      expect([path, exists || ['/package-lock.json', '/environments/*.perimeter.json'].includes(path!)]).toEqual([path, true]);
    }
    expect(owned.map(([path]) => path)).toEqual(
      expect.arrayContaining(['/.github/', '/environments/shared.yaml', '/environments/prod.yaml', '/environments/*.perimeter.json']),
    );
    expect(filesOf({}).map(({ path }) => path)).not.toContain('.github/CODEOWNERS');
  });

  it('pins what this repository is tested with', () => {
    const own = jest.requireActual<Record<string, Record<string, string>>>('../../package.json');
    const { dependencies, devDependencies } = JSON.parse(textOf(FILES, 'package.json')) as Record<string, Record<string, string>>;
    const all = { ...own['dependencies'], ...own['devDependencies'], 'cdktf-vertex-gateway': '0.1.0' } as Record<string, string>;
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies }))
      expect([name, version]).toEqual([name, all[name]]);
    expect(Object.keys({ ...dependencies, ...devDependencies })).toEqual(
      expect.arrayContaining([...Object.keys(own['peerDependencies'] ?? {}), 'cdktf-cli', 'tsx', 'typescript']),
    );
  });
});

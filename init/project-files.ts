import type { Choices } from './choices';
import { manifest } from './package-root';
import type { RepositoryFile } from './repository-file';

/** The major version that cdktf-cli is made for: newer ones it installs only where there is a compiler. */
export const NODE = '22';

/** Commands of this package, as scripts of the new repository. */
const COMMANDS = ['check', 'policy', 'rehearse', 'review', 'graph', 'bootstrap', 'models', 'keys', 'perimeter', 'export', 'schema'];

const json = (value: object): string => `${JSON.stringify(value, undefined, 2)}\n`;

/** Exactly what this package is tested with; Dependabot raises them together. */
function pinned(names: readonly string[]): Record<string, string> {
  const { dependencies, devDependencies } = manifest();
  const known = { ...dependencies, ...devDependencies };
  return Object.fromEntries(names.map((name) => [name, known[name]!]));
}

function packageJson(choices: Choices): string {
  const commands = Object.fromEntries(COMMANDS.map((name) => [name, `cdktf-vertex-gateway ${name}`]));
  return json({
    name: `${choices.name}-vertex-gateway`,
    private: true,
    engines: { node: manifest().engines.node },
    scripts: { synth: 'cdktf synth', ...commands, typecheck: 'tsc -p .' },
    dependencies: {
      ...pinned(['@cdktf/provider-aws', '@cdktf/provider-google', 'cdktf']),
      'cdktf-vertex-gateway': choices.package,
      ...pinned(['constructs', 'tsx']),
    },
    devDependencies: pinned(['@types/node', 'cdktf-cli', 'typescript']),
  });
}

const cdktfJson = ({ cdktfProjectId }: Choices): string =>
  json({
    language: 'typescript',
    app: 'node --require tsx/cjs main.ts',
    projectId: cdktfProjectId,
    sendCrashReports: 'false',
    terraformProviders: [],
    terraformModules: [],
    context: {},
  });

const TSCONFIG = {
  compilerOptions: {
    target: 'ES2022',
    lib: ['ES2022'],
    module: 'Node16',
    moduleResolution: 'Node16',
    strict: true,
    noUncheckedIndexedAccess: true,
    esModuleInterop: true,
    skipLibCheck: true,
    noEmit: true,
    types: ['node'],
  },
  include: ['**/*.ts'],
  exclude: ['node_modules', 'cdktf.out', '.rehearsal'],
};

const MAIN = `import { synthesizeEnvironments } from 'cdktf-vertex-gateway';

// Every file in environments/ becomes stacks, held to the policy. Constructs of your own go into an app beside it (README.md).
synthesizeEnvironments();
`;

const GITIGNORE = `node_modules/
cdktf.out/
.rehearsal/
.terraform/
*.tfstate
*.tfstate.*
*.tfplan
*.log
`;

const EDITORCONFIG = `root = true

[*]
charset = utf-8
end_of_line = lf
indent_size = 2
indent_style = space
insert_final_newline = true
trim_trailing_whitespace = true
`;

/** The scripts of workflows are read by shells: they keep their line ends, wherever they are checked out. */
const GITATTRIBUTES = `* text=auto eol=lf
`;

/** With it, the first line of an environment file gives completion, descriptions and mistakes while one types. */
const EDITOR_EXTENSIONS = { recommendations: ['redhat.vscode-yaml', 'editorconfig.editorconfig'] };

/** What makes a directory an app of CDKTF. */
export const projectFiles = (choices: Choices): RepositoryFile[] => [
  { path: 'package.json', text: packageJson(choices) },
  { path: 'cdktf.json', text: cdktfJson(choices) },
  { path: 'tsconfig.json', text: json(TSCONFIG) },
  { path: 'main.ts', text: MAIN },
  { path: '.gitignore', text: GITIGNORE },
  { path: '.gitattributes', text: GITATTRIBUTES },
  { path: '.editorconfig', text: EDITORCONFIG },
  { path: '.nvmrc', text: `${NODE}\n` },
  { path: '.vscode/extensions.json', text: json(EDITOR_EXTENSIONS) },
];

import tseslint from 'typescript-eslint';

/**
 * The one-way flow of the house: environment file → configuration → stacks → constructs → synthesized JSON → policy → Terraform → review.
 * A folder may import from the folders named beside it, and from itself; nothing else of this repository. Of constructs/, the commands
 * and the review may read the model catalogue: it is data, and builds nothing. perimeter/ may read what is data of a perimeter, and its evaluation.
 */
const PERIMETER_DATA = ['audit-log', 'evaluation', 'policies', 'services', 'settings'].map(
  (file) => `constructs/service-perimeter/${file}`,
);

const MAY_IMPORT = {
  configuration: [],
  constructs: [],
  perimeter: ['configuration', ...PERIMETER_DATA],
  keys: ['configuration', 'constructs/core/names'],
  stacks: ['constructs', 'configuration', 'keys', 'perimeter'],
  policy: [],
  rehearsal: [],
  review: ['policy', 'constructs/model-catalog'],
  graph: ['policy', 'review', 'constructs/model-catalog', 'rehearsal/run/stacks'],
  export: [],
  bootstrap: ['constructs/workload-identity/deploy-roles', 'constructs/project/service-agents'],
  init: ['configuration'],
  app: ['configuration', 'constructs', 'perimeter', 'policy', 'stacks'],
  cli: [
    'bootstrap',
    'configuration',
    'export',
    'graph',
    'init',
    'keys',
    'policy',
    'review',
    'rehearsal',
    'perimeter',
    'constructs/model-catalog',
  ],
  tools: ['cli/with-stacks', 'constructs', 'graph', 'keys/program', 'review'],
};

const FOLDERS = Object.keys(MAY_IMPORT);

const cdktfOnlyInTheSeam = {
  regex: '^(cdktf|cdktn)(/|$)',
  message: "Import it from constructs/core (constructs/core/cdktf.ts is the one place that imports 'cdktf').",
};

const deepProviderImportsOnly = {
  regex: '^@(cdktf|cdktn)/provider-[^/]+(/lib|/lib/index|/lib/index\\.js)?$',
  message: "Import providers deep, e.g. '@cdktf/provider-google/lib/compute-network': the index takes 14 times as long to load.",
};

const asPeopleHaveThem = {
  regex: '^\\.\\./',
  message: "An example is copied alone: it imports 'cdktf-vertex-gateway/…', 'cdktf', 'constructs' and providers.",
};

const noProviders = { regex: '^(@(cdktf|cdktn)/|constructs(/|$))', message: 'Only constructs/ and stacks/ build resources.' };

/** Patterns are matched against the text of the import, so any path that climbs out into a folder is caught at every depth. */
function flow(folder) {
  const allowed = MAY_IMPORT[folder];
  const forbidden = FOLDERS.filter((other) => other !== folder && !allowed.includes(other)).map((other) => {
    const parts = allowed.filter((path) => path.startsWith(`${other}/`)).map((path) => path.slice(other.length));
    return parts.length > 0 ? `${other}(?!(${parts.join('|')})$)` : other;
  });
  return {
    regex: `^(\\.\\./)+(${forbidden.join('|')})(/|$)`,
    message: `${folder}/ may import only from ${[folder, ...MAY_IMPORT[folder]].join('/, ')}/ (docs: CONTRIBUTING.md, "One-way flow").`,
  };
}

const restrict = (files, patterns, ignores = []) => ({ files, ignores, rules: { 'no-restricted-imports': ['error', { patterns }] } });

export default tseslint.config(
  { ignores: ['node_modules/', 'cdktf.out/', '.rehearsal/', '.venv/', 'coverage/', 'dist/'] },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_' }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'max-lines': ['error', { max: 300 }],
    },
  },
  { files: ['cli/**/*.ts', 'main.ts', 'bench/**/*.ts', 'soak/**/*.ts', 'tools/**/*.ts'], rules: { 'no-console': 'off' } },
  { files: ['*.js', '**/*.js'], rules: { '@typescript-eslint/no-require-imports': 'off', 'no-undef': 'off' } },
  restrict(['main.ts', 'bench/**/*.ts', 'soak/**/*.ts', 'test/**/*.ts'], [cdktfOnlyInTheSeam, deepProviderImportsOnly]),
  restrict(['examples/**/*.ts'], [cdktfOnlyInTheSeam, deepProviderImportsOnly, asPeopleHaveThem], ['examples/foreign-app/**']),
  // A team's own app has `cdktf` in its base class.
  restrict(['examples/foreign-app/**/*.ts'], [deepProviderImportsOnly, asPeopleHaveThem]),
  ...FOLDERS.map((folder) =>
    restrict(
      [`${folder}/**/*.ts`],
      [cdktfOnlyInTheSeam, deepProviderImportsOnly, flow(folder), ...(['constructs', 'stacks'].includes(folder) ? [] : [noProviders])],
      ['constructs/core/cdktf.ts'],
    ),
  ),
);

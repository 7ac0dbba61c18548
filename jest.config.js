const { exports: entries } = require('./package.json');

/** Tests, examples and documents import the package by its name, as users do: here that means the sources. */
const sources = Object.entries(entries).flatMap(([path, { default: file }]) =>
  file ? [[`^cdktf-vertex-gateway${path.slice(1)}$`, file.replace('./dist/', '<rootDir>/').replace(/\/index\.js$/, '')]] : [],
);

/** One run of everything: `npm test`. One layer or file: `npx jest test/configuration`. */
module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  moduleNameMapper: Object.fromEntries(sources),
  modulePathIgnorePatterns: ['<rootDir>/cdktf.out', '<rootDir>/.rehearsal', '<rootDir>/dist'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } }],
  },
  setupFiles: ['<rootDir>/test/support/no-forced-colour.js'],
  globalSetup: '<rootDir>/test/support/temporary-directory.js',
  globalTeardown: '<rootDir>/test/support/remove-temporary-directory.js',
  reporters: ['default', '<rootDir>/test/support/closing-line.js'],
  // Jest's default leaves one core idle; tests that wait for Terraform leave both.
  maxWorkers: '100%',
  testTimeout: 120_000,
};

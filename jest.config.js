/** One run of everything: `npm test`. One layer or file: `npx jest test/configuration`. */
module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/cdktf.out', '<rootDir>/.rehearsal'],
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

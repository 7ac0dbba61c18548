const config = require('../../jest.config');

const installed = '<rootDir>/node_modules/.cache/after-cdktf/node_modules';

/** The tests of the repository on CDK Terrain: `npm run after-cdktf -- --tests`. Who is asked for, by whom ever, is the alias. */
module.exports = {
  ...config,
  rootDir: '../..',
  moduleNameMapper: {
    ...config.moduleNameMapper,
    '^cdktf$': `${installed}/cdktf`,
    '^cdktf/(.*)$': `${installed}/cdktf/$1`,
    '^constructs$': `${installed}/constructs`,
  },
};

import { VirtualEnvironment, lockedPackages } from '../python';

/** LangChain, in an environment of its own. */
export const LANGCHAIN = new VirtualEnvironment('langchain', lockedPackages('test/support/peers/python/langchain.txt'), {
  title: 'LangChain (test/support/peers/python/langchain.txt)',
  python: '3.11',
});

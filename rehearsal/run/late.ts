/* eslint-disable @typescript-eslint/no-require-imports -- `import()` would pass by tsx's hook for CommonJS. */
import type * as performance from './performance';
import type * as stage from './stage';

/**
 * Modules that take half as long to load as an app to synthesize (gRPC, schemas, overlays). They are loaded while it does so, and are
 * nobody's static import on the way there.
 */
export const late = {
  performance: async () => require('./performance') as typeof performance,
  stage: async () => require('./stage') as typeof stage,
};

import { serveVertexApi } from '../api';
import { type Store } from '../store';
import { type Stack } from './stacks';

/** The APIs that stacks call beside their providers. */
export interface Services {
  /** What leads a script to these APIs, and keeps it away from the real ones. */
  readonly environment: NodeJS.ProcessEnv;
  /** What must never hold, and did: a line each. */
  violations(): readonly string[];
  close(): Promise<void>;
}

/** Seconds between two looks at an operation. The API's own clock runs ahead with each call, so nobody has to wait. */
const POLL_SECONDS = '0.02';

/** Provisioners reconcile endpoints through Vertex AI's own API; it is served over the same store as the providers. */
export async function serveServices(stacks: readonly Stack[], store: Store): Promise<Services> {
  // Good nowhere: a script that goes to a real API after all is refused there.
  const credentials = { GOOGLE_OAUTH_ACCESS_TOKEN: 'rehearsal' };
  const needed = stacks.some(({ configuration }) =>
    Object.keys(configuration.resource ?? {}).some((type) => type.startsWith('google_vertex_ai_endpoint')),
  );
  if (!needed) return { environment: credentials, violations: () => [], close: () => Promise.resolve() };
  const api = await serveVertexApi({ store });
  return {
    environment: {
      ...credentials,
      GOOGLE_VERTEX_AI_CUSTOM_ENDPOINT: api.url,
      GOOGLE_IAM_CREDENTIALS_CUSTOM_ENDPOINT: api.url,
      VX_POLL_SECONDS: POLL_SECONDS,
    },
    violations: () => api.invariants.violations,
    close: () => api.close(),
  };
}

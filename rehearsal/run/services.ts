import { serveVertexApi } from '../api';
import { serveGatewayApi } from '../gateway-api';
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

/** Seconds between two looks at an operation. The APIs' own clocks run ahead with each call, so nobody has to wait. */
const POLL_SECONDS = '0.02';

/** Provisioners call some APIs by themselves: endpoints, jobs, database users. They are served over the same store as the providers. */
export async function serveServices(stacks: readonly Stack[], store: Store): Promise<Services> {
  const types = stacks.flatMap(({ configuration }) => Object.keys(configuration.resource ?? {}));
  const served = [
    ...(types.some((type) => type.startsWith('google_vertex_ai_endpoint')) ? [await serveVertex(store)] : []),
    ...(types.includes('google_cloud_run_v2_job') || types.includes('google_sql_user') ? [await serveGateway(store)] : []),
  ];
  return {
    // The token is good nowhere: a script that goes to a real API after all is refused there.
    environment: Object.assign(
      { GOOGLE_OAUTH_ACCESS_TOKEN: 'rehearsal' },
      ...served.map(({ environment }) => environment),
    ) as NodeJS.ProcessEnv,
    violations: () => served.flatMap((service) => service.violations()),
    close: async () => void (await Promise.all(served.map((service) => service.close()))),
  };
}

async function serveVertex(store: Store): Promise<Services> {
  const api = await serveVertexApi({ store });
  const environment = {
    GOOGLE_VERTEX_AI_CUSTOM_ENDPOINT: api.url,
    GOOGLE_IAM_CREDENTIALS_CUSTOM_ENDPOINT: api.url,
    VX_POLL_SECONDS: POLL_SECONDS,
  };
  return { environment, violations: () => api.invariants.violations, close: () => api.close() };
}

async function serveGateway(store: Store): Promise<Services> {
  const api = await serveGatewayApi({ store });
  const environment = {
    GOOGLE_CLOUD_RUN_V2_CUSTOM_ENDPOINT: api.url,
    GOOGLE_SQL_CUSTOM_ENDPOINT: api.url,
    GOOGLE_IAM_CREDENTIALS_CUSTOM_ENDPOINT: api.url,
    GW_POLL_SECONDS: POLL_SECONDS,
  };
  return { environment, violations: () => api.violations, close: () => api.close() };
}

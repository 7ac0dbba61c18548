import type { Environment } from '../../configuration';
import { environmentSchema } from '../../configuration/schema';

const MINIMAL = {
  tier: 'development',
  project: { id: 'acme-ai-dev', number: '123456789012' },
  region: 'europe-west4',
  state: { backend: 'gcs', bucket: 'acme-state' },
  network: { subnet: '10.0.0.0/24' },
} as const;

/** The development environment with the least that a file must say, and these changes. */
export const minimalEnvironment = (changes: object = {}): Environment => ({
  name: 'dev',
  ...environmentSchema.parse({ ...MINIMAL, ...changes }),
});

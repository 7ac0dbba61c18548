import type { Rule } from '../rule';
import { AWS_ACCESS } from './aws-access';
import { CLOUD_RUN } from './cloud-run';
import { CLOUD_RUN_ACCESS } from './cloud-run-access';
import { DATABASE } from './database';
import { DATABASE_LOGS } from './database-logs';
import { FEDERATION } from './federation';
import { IDENTITY } from './identity';
import { IMAGE_CACHES } from './image-caches';
import { IMAGES } from './images';
import { KEYS } from './keys';
import { LOAD_BALANCERS } from './load-balancer';
import { LOGGING } from './logging';
import { NETWORKS } from './network';
import { PERIMETER_POLICIES } from './perimeter';
import { PERIMETER_SCOPE } from './perimeter-scope';
import { REDIS } from './redis';
import { SECRETS } from './secrets';
import { STORAGE } from './storage';
import { TERRAFORM } from './terraform';
import { VERTEX } from './vertex';

/** Rules about one thing, under the heading that readers see. */
export interface Domain {
  readonly title: string;
  readonly rules: readonly Rule[];
}

/** All rules, by what they are about. */
export const DOMAINS: readonly Domain[] = [
  { title: 'Cloud Run', rules: [...CLOUD_RUN, ...CLOUD_RUN_ACCESS] },
  { title: 'Secrets', rules: SECRETS },
  { title: 'Service perimeters', rules: [...PERIMETER_POLICIES, ...PERIMETER_SCOPE] },
  { title: 'Image caches in ECR', rules: IMAGE_CACHES },
  { title: 'Policies of AWS', rules: AWS_ACCESS },
  { title: 'Federation', rules: FEDERATION },
  { title: 'Identity and access', rules: IDENTITY },
  { title: 'Cloud SQL', rules: [...DATABASE, ...DATABASE_LOGS] },
  { title: 'Redis', rules: REDIS },
  { title: 'Keys', rules: KEYS },
  { title: 'Networks', rules: NETWORKS },
  { title: 'Load balancers', rules: LOAD_BALANCERS },
  { title: 'Vertex AI endpoints', rules: VERTEX },
  { title: 'Artifact Registry', rules: IMAGES },
  { title: 'Buckets and datasets', rules: STORAGE },
  { title: 'Logs and alerts', rules: LOGGING },
  { title: 'State, providers, secrets on their way', rules: TERRAFORM },
];

export const RULES: readonly Rule[] = DOMAINS.flatMap(({ rules }) => rules);

export const ruleOf = (id: string): Rule | undefined => RULES.find((rule) => rule.id === id);

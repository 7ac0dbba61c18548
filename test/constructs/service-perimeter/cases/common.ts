import type { EvaluatedPerimeter, PerimeterRequest } from '../../../../constructs/service-perimeter';
import type { PerimeterConfiguration } from '../../../../constructs/service-perimeter/settings';

/** Pages of the public documentation, under https://cloud.google.com/vpc-service-controls/docs/ */
type Page =
  | 'overview'
  | 'service-perimeters'
  | 'ingress-egress-rules'
  | 'secure-data-exchange'
  | 'context-aware-access'
  | 'use-access-levels'
  | 'vpc-accessible-services'
  | 'share-across-perimeters'
  | 'dry-run-mode'
  | 'supported-identities'
  | 'supported-products'
  | 'troubleshooting';

export interface DocumentedCase {
  readonly title: string;
  readonly source: Page;
  readonly perimeter: EvaluatedPerimeter;
  readonly request: PerimeterRequest;
  readonly expected: readonly [outcome: 'allowed' | 'denied' | 'would be denied', rule: string];
}

export const INSIDE = '100000000001';
export const ALSO_INSIDE = '100000000002';
export const OUTSIDE = '200000000001';
export const NETWORK = 'projects/shop/global/networks/main';
export const STORAGE = 'storage.googleapis.com';
export const BIGQUERY = 'bigquery.googleapis.com';
export const USER = 'user:ada@acme.example';
export const ROBOT = 'serviceAccount:etl@acme.iam.gserviceaccount.com';

export const configuration = (changes: Partial<PerimeterConfiguration> = {}): PerimeterConfiguration => ({
  projects: [INSIDE, ALSO_INSIDE],
  restrictedServices: [STORAGE, BIGQUERY, 'run.googleapis.com'],
  accessLevels: [],
  ingress: {},
  egress: {},
  ...changes,
});

export const enforced = (changes: Partial<PerimeterConfiguration> = {}): EvaluatedPerimeter => {
  const both = configuration(changes);
  return { enforced: both, tried: both };
};

export const request = (changes: Partial<PerimeterRequest> = {}): PerimeterRequest => ({
  principal: ROBOT,
  source: {},
  service: STORAGE,
  method: 'google.storage.objects.get',
  resources: [INSIDE],
  ...changes,
});

export const fromInside = { project: INSIDE, network: 'projects/acme/global/networks/main' };
export const all = { projects: ['*'], operations: { '*': {} } };
export const ingress = (from: object, to: object = all): Partial<PerimeterConfiguration> => ({
  ingress: { policy: { from, to: { ...all, ...to } } },
});
export const egress = (from: object, to: object = all): Partial<PerimeterConfiguration> => ({
  egress: { policy: { from, to: { ...all, ...to } } },
});
export const LET_IN = ['allowed', 'ingress policy policy'] as const;
export const LET_OUT = ['allowed', 'egress policy policy'] as const;
export const KEPT_OUT = ['denied', `ingress: no policy or access level for project ${INSIDE}`] as const;
export const KEPT_IN = ['denied', `egress: no policy for project ${OUTSIDE}`] as const;

export type Row = readonly [
  title: string,
  source: Page,
  perimeter: EvaluatedPerimeter,
  request: Partial<PerimeterRequest>,
  expected: DocumentedCase['expected'],
];

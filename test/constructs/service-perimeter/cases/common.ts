import type { EvaluatedPerimeter, PerimeterRequest } from '../../../../constructs/service-perimeter';
import type { PerimeterConfiguration } from '../../../../constructs/service-perimeter/settings';

const VPC_SC = 'https://cloud.google.com/vpc-service-controls/docs';

/** Where the cases come from. */
const PAGES = {
  /** The comments of the API's own definition. */
  api: 'https://github.com/googleapis/googleapis/blob/master/google/identity/accesscontextmanager/v1/service_perimeter.proto',
  'bigquery-omni': 'https://cloud.google.com/bigquery-omni/docs/aws/omni-vpc-sc',
  'cloud-run': 'https://cloud.google.com/run/docs/securing/using-vpc-service-controls',
  'configure-iam-roles': `${VPC_SC}/configure-iam-roles`,
  'context-aware-access': `${VPC_SC}/context-aware-access`,
  'dry-run-mode': `${VPC_SC}/dry-run-mode`,
  'gcloud-dry-run': 'https://cloud.google.com/sdk/gcloud/reference/access-context-manager/perimeters/dry-run',
  'identity-groups-examples': `${VPC_SC}/identity-groups-examples`,
  'ingress-egress-rules': `${VPC_SC}/ingress-egress-rules`,
  /** Terraform's provider repeats the API's reference, newer than the definition. */
  provider:
    'https://github.com/hashicorp/terraform-provider-google/blob/v6.50.0/website/docs/r/access_context_manager_service_perimeter.html.markdown',
  'secure-data-exchange': `${VPC_SC}/secure-data-exchange`,
  'service-perimeters': `${VPC_SC}/service-perimeters`,
  'share-across-perimeters': `${VPC_SC}/share-across-perimeters`,
  'supported-identities': `${VPC_SC}/supported-identities`,
  'supported-products': `${VPC_SC}/supported-products`,
  'use-access-levels': `${VPC_SC}/use-access-levels`,
  'vpc-accessible-services': `${VPC_SC}/vpc-accessible-services`,
} as const;

type Page = keyof typeof PAGES;

/** A page whose text was read, in a stored copy, on 2026-11-21, and says or directly implies the case; or one where that is still to be done. */
type Source = Page | { readonly notRead: Page };

/** The case is what we believe: the part of the page that would say so could not be read. */
export const notRead = (page: Page): Source => ({ notRead: page });

export interface DocumentedCase {
  readonly title: string;
  readonly page: Page;
  readonly url: string;
  /** Whether the case was compared with the text of the page. */
  readonly read: boolean;
  readonly perimeter: EvaluatedPerimeter;
  readonly request: PerimeterRequest;
  readonly expected: readonly [outcome: 'allowed' | 'denied' | 'would be denied', rule: string];
}

export const located = (source: Source): Pick<DocumentedCase, 'page' | 'url' | 'read'> => {
  const page = typeof source === 'string' ? source : source.notRead;
  return { page, url: PAGES[page], read: typeof source === 'string' };
};

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
  source: Source,
  perimeter: EvaluatedPerimeter,
  request: Partial<PerimeterRequest>,
  expected: DocumentedCase['expected'],
];

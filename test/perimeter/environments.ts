import { parse } from 'yaml';
import type { Environment } from '../../configuration';
import { environmentSchema } from '../../configuration/schema';
import type { EnvironmentInput } from '../support/environments';

export type PerimeterInput = NonNullable<EnvironmentInput['perimeter']>;

/** A production environment whose perimeter is tried; what it says of the perimeter can be changed. */
export const PERIMETER = `
accessPolicy: { source: existing, number: "884412097365" }
ingressPolicies:
  deployer:
    from: { identities: [serviceAccount:deployer@acme-ai-prod.iam.gserviceaccount.com], anywhere: true }
    to: { projects: ["*"], operations: { "*": {} } }
  web-shop:
    from: { identities: [serviceAccount:storefront@acme-web-prod.iam.gserviceaccount.com], projects: ["667788990011"] }
    to: { projects: ["*"], operations: { aiplatform.googleapis.com: {} } }
config:
  ingress: [deployer]
promotion:
  triedSince: "2026-10-01"
`;

export function environmentWith(change: (perimeter: PerimeterInput) => void = () => undefined, tier = 'production'): Environment {
  const perimeter = parse(PERIMETER) as PerimeterInput;
  change(perimeter);
  const settings = {
    tier,
    project: { id: 'acme-ai-prod', number: '905148237260' },
    region: 'europe-west1',
    deployAs: 'deployer@acme-ai-prod.iam.gserviceaccount.com',
    state: { backend: 'gcs', bucket: 'acme-state' },
    network: { subnet: '10.0.0.0/24' },
    perimeter,
  };
  return { name: 'prod', ...environmentSchema.parse(settings) };
}

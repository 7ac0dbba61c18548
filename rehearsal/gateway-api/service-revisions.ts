import { notFound } from '../api/service-error';
import type { Json, Store } from '../store';

const SERVICE = 'google_cloud_run_v2_service';
/** No resource type of the provider. A test that needs more revisions than the newest puts them there: `env` as the API writes it. */
export const REVISION = 'cloud_run_revision';

type Block = Readonly<Record<string, Json>>;

/** The services of the store, as the API shows them: only what tells who serves, and with which secrets. */
export class ServiceRevisions {
  constructor(private readonly store: Store) {}

  service(name: string): object {
    const { traffic_statuses: statuses, latest_ready_revision: latest } = this.demand(name).attributes;
    return {
      name,
      latestReadyRevision: latest,
      trafficStatuses: (statuses as readonly Block[]).map(({ type, revision, percent, tag }) => ({ type, revision, percent, tag })),
    };
  }

  /** @param name projects/P/locations/R/services/S/revisions/N */
  revision(name: string): object {
    const kept = this.store.get({ provider: 'google', type: REVISION, id: name });
    if (kept) return kept.attributes;
    const service = this.demand(name.split('/').slice(0, 6).join('/'));
    if (!String(service.attributes.latest_ready_revision).endsWith(name.split('/').pop()!))
      throw notFound(`Revision ${name} is not found.`);
    const template = (service.attributes.template as readonly Block[])[0];
    const containers = (template?.containers ?? []) as readonly { env?: readonly { name: string; value_source?: readonly Block[] }[] }[];
    return {
      name,
      containers: containers.map(({ env = [] }) => ({
        env: env.map((variable) => {
          const [reference] = (variable.value_source?.[0]?.secret_key_ref ?? []) as readonly Block[];
          return { name: variable.name, ...(reference && { valueSource: { secretKeyRef: reference } }) };
        }),
      })),
    };
  }

  private demand(name: string) {
    const service = this.store.get({ provider: 'google', type: SERVICE, id: name });
    if (!service) throw notFound(`Service ${name} is not found.`);
    return service;
  }
}

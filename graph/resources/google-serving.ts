import type { Block } from '../../policy/block';
import type { StackElement } from '../../policy/stack';
import { addressesIn, blockOf, blocksOf, flagOf, numberOf, shownOf, stringsIn, textOf, textsOf } from '../value';
import type { MainType } from './main-type';

const name = (resource: StackElement): string => shownOf(resource, 'name') ?? resource.address;
const place = (resource: StackElement): string => textOf(resource, 'location') ?? textOf(resource, 'region') ?? '…';

/** litellm of europe-docker.pkg.dev/project/repository/litellm@sha256:… */
const imageOf = (container: Block): string[] => {
  const image = /([^/]+?)(?:[:@].*)?$/.exec(shownOf(container, 'image') ?? '')?.[1];
  return image === undefined ? [] : [image];
};

const images = (resource: StackElement, path: string): string =>
  blocksOf(blockOf(resource, path) ?? resource, 'containers')
    .flatMap(imageOf)
    .join(', ');

const range = (least: number | undefined, most: number | undefined, unit: string): string[] => {
  if (most === undefined) return least === undefined ? [] : [`at least ${least} ${unit}`];
  return [least === undefined || least === most ? `at most ${most} ${unit}` : `${least} to ${most} ${unit}`];
};

const SERVICE: MainType = {
  kind: 'service',
  what: () => 'Cloud Run service',
  title: name,
  lines: (resource) => [
    images(resource, 'template'),
    ...range(
      numberOf(resource, 'scaling.min_instance_count') ?? numberOf(resource, 'template.scaling.min_instance_count'),
      numberOf(resource, 'template.scaling.max_instance_count'),
      'instances',
    ),
  ],
  names: (resource, project) => [`projects/${project}/locations/${place(resource)}/services/${name(resource)}`],
};

const JOB: MainType = {
  kind: 'job',
  what: () => 'Cloud Run job',
  title: name,
  lines: (resource) => [images(resource, 'template.template')],
  names: (resource, project) => [`projects/${project}/locations/${place(resource)}/jobs/${name(resource)}`],
};

const ENDPOINT: MainType = {
  kind: 'endpoint',
  what: (resource) =>
    flagOf(resource, 'private_service_connect_config.enable_private_service_connect') ? 'Private Vertex AI endpoint' : 'Vertex AI endpoint',
  title: (resource) => shownOf(resource, 'display_name') ?? name(resource),
  names: (resource, project) => [`projects/${project}/locations/${place(resource)}/endpoints/${name(resource)}`],
};

const MODEL_GARDEN: MainType = {
  kind: 'endpoint',
  what: () => 'Vertex AI endpoint, Model Garden',
  title: (resource) => shownOf(resource, 'endpoint_config.endpoint_display_name') ?? name(resource),
  lines: (resource) => [`100 % ${(shownOf(resource, 'publisher_model_name') ?? '…').replace(/^.*[/@]/, '')}`],
  names: () => [],
};

/** The part of a load balancer that the world sees. Its proxy, routes, backends and certificates are folded into it. */
const frontDoor = (scope: 'global' | 'regional'): MainType => ({
  kind: 'door',
  what: (resource) => {
    const scheme = textOf(resource, 'load_balancing_scheme') ?? 'EXTERNAL';
    return scheme.startsWith('INTERNAL') ? 'Internal load balancer' : scope === 'global' ? 'Global load balancer' : 'Load balancer';
  },
  title: name,
  names: () => [],
  // Others lead to a service attachment or to Google's APIs: those are parts of a network.
  when: (resource) =>
    [...stringsIn(resource.json['target'])].some((target) => addressesIn(target).some((address) => /target_\w+_proxy/.test(address))),
});

export const SERVING: Readonly<Record<string, MainType>> = {
  google_cloud_run_v2_service: SERVICE,
  google_cloud_run_v2_job: JOB,
  google_vertex_ai_endpoint: ENDPOINT,
  google_vertex_ai_endpoint_with_model_garden_deployment: MODEL_GARDEN,
  google_compute_global_forwarding_rule: frontDoor('global'),
  google_compute_forwarding_rule: frontDoor('regional'),
  google_container_cluster: {
    kind: 'cluster',
    what: () => 'GKE cluster',
    title: name,
    names: (resource, project) => [`projects/${project}/locations/${place(resource)}/clusters/${name(resource)}`],
  },
  google_cloudfunctions2_function: {
    kind: 'service',
    what: () => 'Cloud Run function',
    title: name,
    names: (resource, project) => [`projects/${project}/locations/${place(resource)}/functions/${name(resource)}`],
  },
};

/** Hosts that point at it, as far as they are known: its records name its address. */
export const hostsOf = (records: readonly StackElement[], addresses: ReadonlySet<StackElement>): string[] =>
  records
    .filter((record) => /^(A|AAAA)$/.test(textOf(record, 'type') ?? '') && addressed(record, addresses))
    .flatMap((record) => textOf(record, 'name')?.replace(/\.$/, '') ?? [])
    .sort();

const addressed = (record: StackElement, addresses: ReadonlySet<StackElement>): boolean =>
  textsIn(record, 'rrdatas').some((text) =>
    addressesIn(text).some((address) => {
      const target = record.stack.target(address);
      return target !== undefined && addresses.has(target);
    }),
  );

const textsIn = (record: StackElement, path: string): string[] => [...stringsIn(record.json[path]), ...textsOf(record, path)];

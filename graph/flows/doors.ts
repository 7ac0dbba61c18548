import type { StackElement } from '../../policy/stack';
import type { Draft } from '../draft';
import type { Landscape, Main } from '../landscape';
import { hostsOf } from '../resources';
import { blockOf, flagOf, textOf } from '../value';

/** Cloud Run services that a group of a load balancer leads to: it has their bare name. */
function servicesOf(part: StackElement, landscape: Landscape): Main[] {
  const run = blockOf(part, 'cloud_run');
  const name = run && textOf(run, 'service');
  if (name === undefined) return [];
  const region = textOf(part, 'region');
  return landscape.mains.filter(
    ({ type, names }) => type.kind === 'service' && names.some((full) => full.endsWith(`/locations/${region}/services/${name}`)),
  );
}

/** Load balancers: under which names they are found, what guards them, and where they lead. */
export function drawDoors(draft: Draft, landscape: Landscape): void {
  for (const door of landscape.mains.filter(({ type }) => type.kind === 'door')) {
    const parts = [...landscape.reachOf(door).parts];
    const records = door.resource.stack.ofType('google_dns_record_set');
    const addresses = new Set(parts.filter(({ type }) => /^google_compute_(global_)?address$/.test(type)));
    const hosts = hostsOf(records, addresses);
    const armor = parts.some(({ type }) => type === 'google_compute_security_policy' || type === 'google_compute_region_security_policy');
    const backends = parts.filter(({ type }) => /^google_compute_(region_)?backend_service$/.test(type));
    const iap = backends.filter((backend) => flagOf(backend, 'iap.enabled'));
    draft.change(door.id, ({ title }) => ({
      title: hosts[0] ?? title,
      lines: [
        ...hosts.slice(1),
        ...(armor ? ['Cloud Armor'] : []),
        ...(iap.length > 0 ? [iap.length === backends.length ? 'sign-in by IAP' : 'sign-in by IAP for some paths'] : []),
      ],
    }));
    for (const part of parts)
      for (const service of servicesOf(part, landscape))
        draft.connect({
          from: door.id,
          to: service.id,
          flow: 'data',
          label: 'HTTPS',
          because: `${part.address} leads to ${service.resource.address}`,
        });
  }
}

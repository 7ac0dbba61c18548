import { createHash } from 'node:crypto';
import type { NetworkMode } from './network-mode';

/** What an endpoint is known by; it is described at `VertexEndpointProps`. */
export interface EndpointIdentity {
  /** 1 to 63 of a-z, 0-9 and dash. */
  readonly name: string;
  /** Project ID. */
  readonly projectId: string;
  /** Region, e.g. europe-west4. */
  readonly location: string;
  /** How clients reach it. */
  readonly networkMode: NetworkMode;
  /**
   * Cloud KMS key in the same location.
   * @default Google-managed
   */
  readonly encryptionKey?: string;
  /**
   * Which endpoint of that name it is.
   * @default 1
   */
  readonly generation?: number;
}

/**
 * The id of an endpoint: 1 to 9 digits, the first not 0, made from everything that cannot change in place. So another network mode or
 * key is another id: the old and the new endpoint never contend for one, and an id that Vertex AI still holds back after a deletion
 * (up to 7 days) is not asked for again.
 */
export function endpointId({ name, projectId, location, networkMode, encryptionKey, generation }: EndpointIdentity): string {
  const fixed = [projectId, location, name, networkMode.name, networkMode.settings, encryptionKey ?? '', generation ?? 1];
  const digest = createHash('sha256').update(JSON.stringify(fixed)).digest();
  return String(100_000_000n + (digest.readBigUInt64BE() % 900_000_000n));
}

/** Full name of an endpoint, which another stack may have made: projects/P/locations/L/endpoints/ID. */
export const endpointResourceName = (identity: EndpointIdentity): string =>
  `projects/${identity.projectId}/locations/${identity.location}/endpoints/${endpointId(identity)}`;

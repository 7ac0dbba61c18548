import type { GatewayApi, RawKey, RawTeam } from './gateway-api';
import { type Fingerprint, fingerprintOf } from './key-value';
import type { SecretManager } from './secret-manager';
import type { Desired } from './settings';

/** What there is. It holds no value of a key. */
export interface Observed {
  readonly keys: readonly RawKey[];
  readonly teams: readonly RawTeam[];
  /** Newest version of each key's secret, by the name of the key; absent: none yet. */
  readonly secrets: Readonly<Record<string, Fingerprint>>;
}

/** The team of those who are signed in to LiteLLM's user interface: its keys come and go. */
const SESSIONS = 'litellm-dashboard';

export async function observe(desired: Desired, gateway: GatewayApi, secrets: SecretManager): Promise<Observed> {
  const fingerprints: Record<string, Fingerprint> = {};
  for (const [name, { secret }] of Object.entries(desired.keys)) {
    const value = await secrets.newest(secret);
    if (value !== undefined) fingerprints[name] = fingerprintOf(value);
  }
  const keys = await gateway.keys();
  const teams = await gateway.teams();
  return {
    keys: keys.filter((key) => key.team_id !== SESSIONS),
    teams: teams.filter((team) => team.team_id !== SESSIONS),
    secrets: fingerprints,
  };
}

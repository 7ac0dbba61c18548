import type { Requirement } from '../requirements';
import { openssl } from './google/certificates';
import { CLIENTS, LITELLM } from './litellm';
import { postgres } from './postgres';

/** The first that is not met, or else the last. Checked one after the other, so that nothing is installed for tests that cannot run. */
function all(...requirements: readonly (() => Requirement)[]): Requirement {
  let requirement: Requirement = { met: true, reason: '' };
  for (const check of requirements) {
    requirement = check();
    if (!requirement.met) return requirement;
  }
  return requirement;
}

/** LiteLLM and the stand-ins for its upstreams. */
export const needsGateway = (): Requirement =>
  all(
    openssl,
    () => LITELLM.prepare(),
    () => CLIENTS.prepare(),
  );

/** The same with PostgreSQL. */
export const needsGatewayAndDatabase = (): Requirement => all(postgres, needsGateway);

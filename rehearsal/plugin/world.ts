import { type FaultPlan, type ServiceCall } from '../faults';
import { type SecretLedger } from '../ledger';
import { type Block, type TypeFacts } from '../schema/types';
import { type Store } from '../store';

/** What is served of one provider. */
export interface ProviderFacts {
  /** Short name: `google`. */
  readonly name: string;
  /** Schema of the provider block. */
  readonly config: Block;
  /** By kind and type: `resource google_sql_user`. */
  readonly types: ReadonlyMap<string, TypeFacts>;
}

/** What all connections have in common. */
export interface World {
  readonly store: Store;
  readonly ledger: SecretLedger;
  readonly faults?: FaultPlan;
  readonly onKill?: (call: ServiceCall) => void;
  readonly legacyTypeSystem: boolean;
  readonly now: () => Date;
}

import { type FaultPlan, type ServiceCall } from '../faults';
import { type SecretLedger } from '../ledger';
import { type Kind } from '../schema/types';
import { type Store } from '../store';

/** A type that the stacks use, so that only these are served: a small schema is a fast one. */
export interface TypeRequest {
  /** Short name of the provider: `google`, `aws`, `random`. */
  readonly provider: string;
  readonly kind: Exclude<Kind, 'provider'>;
  readonly type: string;
}

export interface ServeOptions {
  /** Directory whose node_modules holds the provider bindings. */
  readonly projectDir: string;
  readonly types: readonly TypeRequest[];
  readonly store: Store;
  readonly ledger: SecretLedger;
  readonly faults?: FaultPlan;
  /** A `kill` fault: end the engine that made this call, now. The call stays unanswered. */
  readonly onKill?: (call: ServiceCall) => void;
  /** False makes the engine hold every plan and result to the letter, which real providers do not survive. Default: true, as they do. */
  readonly legacyTypeSystem?: boolean;
}

export interface ServedProviders {
  /** What a terraform or tofu process needs in its environment to find the providers. */
  readonly environment: { readonly TF_REATTACH_PROVIDERS: string };
  /** Ends every call and connection. Leaves no socket, timer or process. */
  close(): Promise<void>;
}

/** Serves the providers of the given types from this process. Any number of engines may use them at once. */
export declare function serveProviders(options: ServeOptions): Promise<ServedProviders>;

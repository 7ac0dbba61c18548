import { type FaultPlan, type ServiceCall } from '../faults';
import { type SecretLedger } from '../ledger';
import { type Store } from '../store';
import { serveConnection } from './grpc';
import { listen, type Listener } from './listen';
import { type ProviderFacts } from './world';

/** Registries whose addresses the engines resolve `hashicorp/NAME` to: Terraform's and OpenTofu's. */
const REGISTRIES = ['registry.terraform.io', 'registry.opentofu.org'];

export interface Serving {
  readonly store: Store;
  readonly ledger: SecretLedger;
  readonly faults?: FaultPlan;
  /** A `kill` fault: end the engine that made this call, now. The call stays unanswered. */
  readonly onKill?: (call: ServiceCall) => void;
  /**
   * True: plan as the real providers do, with the exceptions Terraform grants their SDK. False holds every plan and result to the letter.
   * Default: true.
   */
  readonly legacyTypeSystem?: boolean;
  /** The services' clock. Default: the machine's. */
  readonly now?: () => Date;
}

export interface ServedProviders {
  /** What a terraform or tofu process needs in its environment to find the providers. */
  readonly environment: { readonly TF_REATTACH_PROVIDERS: string };
  /** Ends every call and connection. Leaves no socket, timer or process. */
  close(): Promise<void>;
}

/** Serves providers whose facts are at hand. */
export async function serveFacts(providers: readonly ProviderFacts[], serving: Serving): Promise<ServedProviders> {
  const world = { legacyTypeSystem: true, now: () => new Date(), ...serving };
  const listeners = new Map<string, Listener>();
  const close = async () => {
    await Promise.all([...listeners.values()].map((listener) => listener.close()));
  };
  try {
    for (const provider of providers) {
      listeners.set(provider.name, await listen(provider.name, (socket) => serveConnection(socket, provider, world)));
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { environment: { TF_REATTACH_PROVIDERS: JSON.stringify(reattach(listeners)) }, close };
}

function reattach(listeners: ReadonlyMap<string, Listener>): object {
  const entries = [...listeners].flatMap(([name, { network, address }]) =>
    REGISTRIES.map((registry) => [
      `${registry}/hashicorp/${name}`,
      // Test: the engine leaves the process alone when it is done.
      { Protocol: 'grpc', ProtocolVersion: 5, Pid: process.pid, Test: true, Addr: { Network: network, String: address } },
    ]),
  );
  return Object.fromEntries(entries) as object;
}

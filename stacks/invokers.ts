import type { Environment } from '../configuration';
import { Principal } from '../constructs/workload-identity';
import { workloadPrincipal } from './workload-principals';

/** Who may call the gateway, by the names of the environment file: the one place that says so. */
export function gatewayInvokers(environment: Environment): Record<string, Principal> {
  return Object.fromEntries(
    Object.entries(environment.identity.invokers).map(([name, invoker]) => {
      switch (invoker.kind) {
        case 'workload':
          return [name, workloadPrincipal(environment, invoker.workload)];
        case 'group':
          return [name, Principal.group(invoker.email)];
        case 'user':
          return [name, Principal.user(invoker.email)];
        case 'service-account':
          return [name, Principal.serviceAccount(invoker.email)];
        case 'everybody':
          return [name, Principal.everybody('allUsers', invoker.reason)];
      }
    }),
  );
}

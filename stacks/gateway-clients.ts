import type { Environment } from '../configuration';
import type { EnvironmentStack } from '../constructs/core';
import { clientKit, geminiCliAliases } from '../constructs/gateway/clients';
import { keySecretId } from '../keys';
import type { GatewaySection } from './gateway';

/** Hands over what clients need. Without a front door they have no address that is known before a deploy, so there is nothing to hand over. */
export function handOverClientKit(stack: EnvironmentStack, environment: Environment, gateway: GatewaySection): void {
  const [domain] = Object.keys(gateway.frontDoor?.domains ?? {});
  const [first] = Object.keys(gateway.models);
  if (domain === undefined || first === undefined) return;
  const files = clientKit({
    url: `https://${domain}`,
    audience: `https://${domain}`,
    projectId: environment.project.id,
    models: { first, next: gateway.models[first]?.fallbacks[0] },
    keySecrets: Object.fromEntries(Object.keys(gateway.keys).map((name) => [name, keySecretId(environment, name)])),
    geminiCli: gateway.geminiCli && { keySecret: gateway.geminiCli.key && keySecretId(environment, gateway.geminiCli.key) },
  });
  for (const [path, text] of Object.entries(files)) stack.handover.add(path, text);
}

/** All aliases of a gateway: those of the environment file, and those that Gemini CLI needs. */
export function aliasesOf({ aliases, models, geminiCli }: GatewaySection): GatewaySection['aliases'] {
  if (!geminiCli) return aliases;
  return { ...aliases, ...geminiCliAliases(geminiCli, [...Object.keys(models), ...Object.keys(aliases)]) };
}

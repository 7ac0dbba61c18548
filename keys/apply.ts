import type { Action } from './action';
import type { GatewayApi } from './gateway-api';
import { KeysError } from './http';
import { fingerprintOf, newValue } from './key-value';
import { metadataOf } from './marker';
import type { SecretManager } from './secret-manager';
import { requestOf } from './wire';

export interface Targets {
  readonly gateway: GatewayApi;
  readonly secrets: SecretManager;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * Does the actions, one after the other, and stops at the first that fails. Whatever it leaves, a further run goes on from there: the value
 * of a key is in its secret before the gateway knows it, so no key is without a value, and a value without a key is used again.
 * @param done is told of each action that is done
 */
export async function apply(actions: readonly Action[], targets: Targets, done: (action: Action) => void): Promise<void> {
  for (const action of actions) {
    await perform(action, targets);
    done(action);
  }
}

async function perform(action: Action, targets: Targets): Promise<void> {
  const { gateway, now } = targets;
  switch (action.do) {
    case 'make-team':
      return gateway.makeTeam(action.team, { ...action.fields, metadata: metadataOf(action.marker) });
    case 'change-team':
      return gateway.changeTeam(action.team, { ...action.fields, metadata: metadataOf(action.marker) });
    case 'block-team':
      // First why: so a run that ends in between is not taken for somebody who blocked it by hand.
      await gateway.changeTeam(action.team, { metadata: metadataOf(action.marker) });
      return gateway.blockTeam(action.team, true);
    case 'unblock-team':
      await gateway.blockTeam(action.team, false);
      return gateway.changeTeam(action.team, { metadata: metadataOf(action.marker) });
    case 'delete-team':
      return gateway.deleteTeam(action.team);
    case 'make-key':
      return makeKey(action, targets);
    case 'change-key':
      // LiteLLM compares the new team with what the key may do before the change, not after it (1.106.2).
      if (action.onTheWay) await gateway.changeKey(action.token, { models: action.onTheWay, rpm_limit: null, tpm_limit: null });
      return gateway.changeKey(action.token, { ...requestOf(action.fields, now()), metadata: metadataOf(action.marker) });
    case 'retire-key':
      return gateway.changeKey(action.token, { duration: `${action.overlapHours * 3600}s` });
    case 'block-key':
      await gateway.changeKey(action.token, { metadata: metadataOf(action.marker) });
      return gateway.blockKey(action.token, true);
    case 'unblock-key':
      await gateway.blockKey(action.token, false);
      return gateway.changeKey(action.token, { metadata: metadataOf(action.marker) });
    case 'delete-key':
      return gateway.deleteKey(action.token);
  }
}

async function makeKey(action: Extract<Action, { do: 'make-key' }>, { gateway, secrets, now }: Targets): Promise<void> {
  const found = await secrets.newest(action.secret);
  const isThere = found !== undefined && fingerprintOf(found).version === action.version;
  // Two runs at a time would each write a value, and only one of them would become the key.
  if (isThere !== action.valueIsThere) {
    throw new KeysError(`${action.secret} has changed since the plan was made: somebody else may be applying keys. Make a new plan`);
  }
  const value = isThere ? found : newValue(action.version);
  if (!isThere) await secrets.add(action.secret, value);
  await gateway.makeKey({ ...requestOf(action.fields, now()), key_alias: action.key, key: value, metadata: metadataOf(action.marker) });
}

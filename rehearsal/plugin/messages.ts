import { type Diagnostic, type Path } from '../engine/diagnostics';
import { type DynamicValue } from './codec';

/** The messages of plugin.proto that are read, as the loader gives them. */
export interface Requests {
  Empty: object;
  TypeConfig: { type_name: string; config: DynamicValue };
  PrepareConfig: { config: DynamicValue };
  ConfigureRequest: { terraform_version: string; config: DynamicValue };
  UpgradeState: { type_name: string; raw_state: { json: Uint8Array } };
  Read: { type_name: string; current_state: DynamicValue; private: Uint8Array };
  Plan: { type_name: string; prior_state: DynamicValue; proposed_new_state: DynamicValue; config: DynamicValue; prior_private: Uint8Array };
  Apply: { type_name: string; prior_state: DynamicValue; planned_state: DynamicValue; config: DynamicValue; planned_private: Uint8Array };
  Import: { type_name: string; id: string };
  Move: { source_provider_address: string; source_type_name: string; target_type_name: string };
  EphemeralHandle: { type_name: string };
}

export function pathMessage(path: Path): object {
  return {
    steps: path.map((step) =>
      typeof step === 'string'
        ? { attribute_name: step }
        : typeof step === 'number'
          ? { element_key_int: step }
          : { element_key_string: step.key },
    ),
  };
}

export const diagnosticMessages = (diagnostics: readonly Diagnostic[]): object[] =>
  diagnostics.map(({ severity, summary, detail, path }) => ({
    severity,
    summary,
    detail,
    ...(path !== undefined && { attribute: pathMessage(path) }),
  }));

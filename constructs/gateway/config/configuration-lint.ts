import { Construct } from 'constructs';
import { Annotations, TerraformOutput, ValidationError } from '../../core';
import { EXTRA_KEY_RULE, type Finding } from './lint';
import type { LiteLlmConfiguration } from './litellm-configuration';

export interface ConfigurationLintProps {
  /** What is looked at. */
  readonly configuration: LiteLlmConfiguration;
  /**
   * Where the settings stand, for messages, e.g. `gateway`.
   * @default nowhere
   */
  readonly section?: string;
}

/**
 * Holds up a stack with what the linter finds in the gateway's configuration: errors at this path, advice as annotations. Keys of the escape
 * hatch become an output too: annotations are gone after synth, and a reviewer sees the plan.
 */
export class ConfigurationLint extends Construct {
  constructor(scope: Construct, id: string, { configuration, section }: ConfigurationLintProps) {
    super(scope, id);
    const at = (place: string): string => (section === undefined ? place : `${section}.${place}`);
    const text = ({ rule, place, message }: Finding): string => `${at(place)}: ${message} [${rule}: docs/gateway-lint.md]`;
    const of = (level: Finding['level']): string[] => configuration.findings.filter((finding) => finding.level === level).map(text);
    for (const warning of of('warning')) Annotations.of(this).addWarning(warning);
    for (const note of of('note')) Annotations.of(this).addInfo(note);
    if (of('error').length > 0) throw new ValidationError(this, of('error'));
    const unchecked = configuration.findings.filter(({ rule }) => rule === EXTRA_KEY_RULE).map(({ place }) => at(place));
    if (unchecked.length === 0) return;
    new TerraformOutput(this, 'UncheckedKeys', {
      value: unchecked,
      description: 'Keys of LiteLLM that the environment file sets by their own name: known to this version, and looked at by nobody.',
    }).overrideLogicalId('unchecked_litellm_keys');
  }
}

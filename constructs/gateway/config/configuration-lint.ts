import { Construct } from 'constructs';
import { Annotations, ValidationError } from '../../core';
import type { Finding } from './lint';
import type { LiteLlmConfiguration } from './litellm-configuration';

export interface ConfigurationLintProps {
  readonly configuration: LiteLlmConfiguration;
  /** Where the settings stand, for messages, e.g. `gateway`. Default: nowhere. */
  readonly section?: string;
}

/** Holds up a stack with what the linter finds in the gateway's configuration: errors at this path, advice as annotations. */
export class ConfigurationLint extends Construct {
  constructor(scope: Construct, id: string, { configuration, section }: ConfigurationLintProps) {
    super(scope, id);
    const text = ({ rule, place, message }: Finding): string =>
      `${section === undefined ? place : `${section}.${place}`}: ${message} [${rule}: docs/gateway-lint.md]`;
    const of = (level: Finding['level']): string[] => configuration.findings.filter((finding) => finding.level === level).map(text);
    for (const warning of of('warning')) Annotations.of(this).addWarning(warning);
    for (const note of of('note')) Annotations.of(this).addInfo(note);
    if (of('error').length > 0) throw new ValidationError(this, of('error'));
  }
}

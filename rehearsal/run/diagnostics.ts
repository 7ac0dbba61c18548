import { type Configuration } from './stacks';
import { type Ended } from './engine-process';
import { type Outcome, RehearsalError } from './exit-codes';

/** An error as the engine reports it with `-json`. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  readonly summary: string;
  readonly detail?: string;
  /** Address of the resource it is about. */
  readonly address?: string;
}

/** `google_x.y[0]` → the construct path that CDKTF wrote beside the resource. */
export function constructPath(configuration: Configuration, address: string): string | undefined {
  const [type, name] = address.replace(/^(data|ephemeral)\./, '').split(/[.[]/);
  if (type === undefined || name === undefined) return undefined;
  const block = (configuration.resource?.[type] ?? configuration.data?.[type] ?? configuration.ephemeral?.[type])?.[name];
  return (block?.['//'] as { metadata?: { path?: string } } | undefined)?.metadata?.path;
}

/** One error in lines: what and where first, then the provider's own words, indented. */
export function describe(diagnostic: Diagnostic, configuration: Configuration): string {
  const { address, summary, detail } = diagnostic;
  const path = address === undefined ? undefined : constructPath(configuration, address);
  const where = address === undefined ? '' : `${address}${path === undefined ? '' : ` (${path})`}: `;
  const lines = [`${where}${summary}`, ...(detail ?? '').split('\n').filter((line) => line.trim() !== '')];
  return lines.map((line, index) => (index === 0 ? line : `  ${line}`)).join('\n');
}

/** Whether another program's message is about a disk that takes no more. */
export const speaksOfTheDisk = (text: string): boolean =>
  /no space left on device|disk quota exceeded|read-only file system|\b(ENOSPC|EDQUOT|EROFS)\b/i.test(text);

/** What kind of end a failed command is: the disk and locks have their own exit codes. */
export function outcomeOf(diagnostics: readonly Diagnostic[], text: string, otherwise: Outcome): Outcome {
  const said = [text, ...diagnostics.map((each) => `${each.summary}\n${each.detail ?? ''}`)].join('\n');
  if (speaksOfTheDisk(said)) return 'disk';
  if (/error acquiring the state lock/i.test(said)) return 'busy';
  return otherwise;
}

/** A command of the engine that did not end well, with all that it said. */
export class EngineFailure extends RehearsalError {
  constructor(stack: { readonly id: string; readonly configuration: Configuration }, command: string, ended: Ended, otherwise: Outcome) {
    const { errored } = ended;
    // An error of a destroy has no address of its own.
    const only = errored.length === 1 ? errored[0] : undefined;
    const errors = ended.diagnostics.filter(({ severity }) => severity === 'error').map((each) => ({ address: only, ...each }));
    const told = errors.length > 0 ? errors.map((each) => describe(each, stack.configuration)) : [ended.text.trim() || howItEnded(ended)];
    super(outcomeOf(errors, ended.text, otherwise), `${stack.id}: ${command} failed\n${indent(told.join('\n'))}`);
    this.errors = errors;
    this.errored = errored;
    this.summary = errors[0]?.summary ?? howItEnded(ended);
  }

  readonly errors: readonly Diagnostic[];
  /** Addresses of resources that could not be created, changed or destroyed. */
  readonly errored: readonly string[];
  /** The first thing it said, in a line. */
  readonly summary: string;
}

const howItEnded = ({ code, stalled }: Ended): string => {
  if (stalled) return 'stopped, because nothing moved any more';
  return code === undefined ? 'killed' : `ended with exit code ${code} and said nothing`;
};

export const indent = (text: string): string => text.replace(/^(?=.)/gm, '  ');

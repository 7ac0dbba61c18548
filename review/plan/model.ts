import { type Redactor } from './redact';
import { type Value } from './value';

export type Action = 'create' | 'update' | 'replace' | 'delete' | 'forget' | 'read' | 'no-op' | 'unknown';

/** What happens first when a resource is replaced. `forgotten`: the old one stays where it is, and nobody manages it any more. */
export type ReplaceOrder = 'deleted-first' | 'created-first' | 'forgotten';

export type PathStep = string | number;

/** What a plan means to do with one resource. */
export interface Change {
  readonly address: string;
  /** Construct path (`prod-inference/Endpoints/chat`); the address where the synthesized stack is not at hand or does not know it. */
  readonly construct: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly provider: string;
  readonly action: Action;
  /** The words of the plan, for an action that is not known here. */
  readonly actions: readonly string[];
  readonly order?: ReplaceOrder;
  /** `action_reason` as the plan has it. */
  readonly reason?: string;
  /** What forces the replacement. Empty where the plan names nothing (a taint, a request). */
  readonly replacePaths: readonly (readonly PathStep[])[];
  /** It was at this address. */
  readonly movedFrom?: string;
  /** It exists already, and is taken over. The id is undefined where it is not known before apply, or the resource has an identity instead. */
  readonly importing?: { readonly id?: string };
  /** Key of an old object that a replacement left behind. */
  readonly deposed?: string;
  /** Why it is put off to a later run. */
  readonly deferred?: string;
  readonly before: Value;
  readonly after: Value;
}

export interface OutputChange {
  readonly name: string;
  readonly action: Action;
  readonly before: Value;
  readonly after: Value;
}

export interface Check {
  /** As Terraform shows it: `check.bucket`, `google_x.y`, `output.z`, `var.w`. */
  readonly address: string;
  readonly status: 'pass' | 'fail' | 'error' | 'unknown';
  readonly messages: readonly string[];
}

/** A plan of one stack, with every value that it marks as sensitive already masked. */
export interface Plan {
  /** Id of the stack; where that is not known, the name of the file. */
  readonly stack: string;
  /** Where it was read from, for messages. */
  readonly source: string;
  readonly engine: { readonly name: 'terraform' | 'tofu' | 'unknown'; readonly version: string };
  /** Everything that happens, moves and takings-over included; nothing that stays as it is. */
  readonly changes: readonly Change[];
  /** Managed resources that stay as they are: what a change has to be seen together with. */
  readonly standing: readonly Change[];
  /** What somebody else has changed since the last apply. */
  readonly drift: readonly Change[];
  readonly outputs: readonly OutputChange[];
  /** Conditions that did not pass, and those that nobody can know before apply. */
  readonly checks: readonly Check[];
  /** Ephemeral resources, opened while it is applied. Addresses only. */
  readonly ephemeral: readonly string[];
  /** Actions that it invokes. Addresses only. */
  readonly invocations: readonly string[];
  /** Planning stopped at an error: what is here is a part. */
  readonly errored: boolean;
  /** After applying it, everything is as configured. False: more will have to follow. */
  readonly complete: boolean;
  /** Takes every secret that this plan holds out of a text, also one that was decoded from a value. */
  readonly redact: Redactor;
}

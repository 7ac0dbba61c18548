/**
 * Faults on demand. A spec is a comma-separated list of
 *
 *     TYPE[.OPERATION][@N]=FAULT        google_sql_user.create@2=503,google_kms_crypto_key=kill
 *
 * - TYPE: a resource type. OPERATION: create, update, delete or read; without one, the calls that change something are counted together.
 * - N: the Nth such call meets the fault, from 1 (the default). Each fault happens once, so the next run can converge.
 * - FAULT: 409, 429, 503: the service refuses, and nothing was changed. `lost`: the service did it, but its answer is lost on the way.
 *   `broken`: the service did it, then reports an internal error; what was created is tainted, and replaced by the next run.
 *   `hang`: no answer until the engine is stopped. `kill`: the service did it, and the engine is killed before it hears of it.
 */
export const OPERATIONS = ['create', 'update', 'delete', 'read'] as const;
export type Operation = (typeof OPERATIONS)[number];

export const FAULT_KINDS = ['409', '429', '503', 'lost', 'broken', 'hang', 'kill'] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export interface Fault {
  readonly type: string;
  readonly operation?: Operation;
  readonly nth: number;
  readonly kind: FaultKind;
}

/** A call that a provider received. */
export interface ServiceCall {
  readonly provider: string;
  readonly type: string;
  readonly operation: Operation;
  readonly id: string;
}

/** A fault that happened, and the call that met it. */
export interface MetFault extends Fault {
  /** Of a create, the id is known once the service has made the object. */
  call: ServiceCall;
}

/** All that is wrong with a spec, a line each. */
export class FaultSpecError extends Error {
  override readonly name = 'FaultSpecError';
}

/** Reads a spec; throws one FaultSpecError with everything that is wrong. `types`: the resource types that can be meant, where known. */
export function parseFaults(spec: string, types?: readonly string[]): FaultPlan {
  const errors: string[] = [];
  const faults: Fault[] = [];
  for (const part of spec.split(',').map((text) => text.trim())) {
    const problems: string[] = [];
    const fault = parseFault(part, types, problems);
    if (fault === undefined) errors.push(...problems.map((problem) => `fault '${part}': ${problem}`));
    else faults.push(fault);
  }
  if (errors.length > 0) throw new FaultSpecError(errors.join('\n'));
  return new FaultPlan(faults);
}

function parseFault(text: string, types: readonly string[] | undefined, problems: string[]): Fault | undefined {
  const match = /^([^.@=]*)(?:\.([^@=]*))?(?:@([^=]*))?(?:=(.*))?$/.exec(text);
  if (text === '' || match === null) {
    problems.push('expected TYPE[.OPERATION][@N]=FAULT, e.g. google_sql_user.create@2=503');
    return undefined;
  }
  const [, type = '', operation, nth = '1', kind] = match;
  if (!/^[a-z0-9]+(_[a-z0-9]+)+$/.test(type)) problems.push(`'${type}' is not a resource type, e.g. google_sql_user`);
  else if (types !== undefined && !types.includes(type))
    problems.push(`no stack has a ${type}; there are: ${[...types].sort().join(', ')}`);
  if (operation !== undefined && !OPERATIONS.includes(operation as Operation)) {
    problems.push(`operation '${operation}' is not one of ${OPERATIONS.join(', ')}`);
  }
  if (!/^[1-9]\d{0,5}$/.test(nth)) problems.push(`'@${nth}' is not a call number: a whole number from 1, e.g. @2`);
  if (kind === undefined) problems.push(`the fault is missing: add =${FAULT_KINDS.join(', =')}`);
  else if (!FAULT_KINDS.includes(kind as FaultKind)) problems.push(`fault '${kind}' is not one of ${FAULT_KINDS.join(', ')}`);
  else if (operation === 'read' && ['lost', 'broken', 'kill'].includes(kind)) {
    problems.push(`a read changes nothing, so '${kind}' has no meaning there; use 429, 503 or hang`);
  }
  if (problems.length > 0) return undefined;
  return { type, operation: operation as Operation | undefined, nth: Number(nth), kind: kind as FaultKind };
}

/** The faults of a run, and how often each has been passed by. */
export class FaultPlan {
  private readonly pending: { readonly fault: Fault; seen: number }[];
  private readonly happened: MetFault[] = [];

  constructor(faults: readonly Fault[]) {
    this.pending = faults.map((fault) => ({ fault, seen: 0 }));
  }

  /** Counts the call, and takes out the fault that it meets. */
  take(call: ServiceCall): MetFault | undefined {
    let met: MetFault | undefined;
    for (const entry of [...this.pending]) {
      const { fault } = entry;
      const counts = fault.operation === undefined ? call.operation !== 'read' : fault.operation === call.operation;
      if (fault.type !== call.type || !counts) continue;
      entry.seen += 1;
      if (entry.seen < fault.nth || met !== undefined) continue;
      met = { ...fault, call };
      this.pending.splice(this.pending.indexOf(entry), 1);
      this.happened.push(met);
    }
    return met;
  }

  /** Faults that happened, in their order, and the calls that met them. */
  get met(): readonly MetFault[] {
    return this.happened;
  }

  /** Faults that no call has met: a run that ends with some has not tried what was asked of it. */
  get unmet(): readonly Fault[] {
    return this.pending.map(({ fault }) => fault);
  }
}

/** A fault as its spec says it. */
export const describeFault = ({ type, operation, nth, kind }: Fault): string =>
  `${type}${operation === undefined ? '' : `.${operation}`}@${nth}=${kind}`;

import { type Checks, Token } from '../core';

/** Accelerator types of the API: google.cloud.aiplatform.v1.AcceleratorType, GPUs only. */
export type AcceleratorType =
  | 'NVIDIA_TESLA_P100'
  | 'NVIDIA_TESLA_V100'
  | 'NVIDIA_TESLA_P4'
  | 'NVIDIA_TESLA_T4'
  | 'NVIDIA_TESLA_A100'
  | 'NVIDIA_A100_80GB'
  | 'NVIDIA_L4'
  | 'NVIDIA_H100_80GB'
  | 'NVIDIA_H100_MEGA_80GB'
  | 'NVIDIA_H200_141GB'
  | 'NVIDIA_B200'
  | 'NVIDIA_GB200'
  | 'NVIDIA_RTX_PRO_6000';

/** The machine that each replica runs on. */
export interface Machine {
  /** For example `g2-standard-12`. */
  readonly type: string;
  /**
   * GPUs of the machine.
   * @default no GPU
   */
  readonly accelerator?: Accelerator;
}

export interface Accelerator {
  /** GPU, as the API names it. */
  readonly type: AcceleratorType;
  /** GPUs a replica. On accelerator-optimised machines fewer than the machine has are allowed: several replicas then share one machine. */
  readonly count: number;
}

/** Machines with GPUs built in: type → GPU, how many. https://docs.cloud.google.com/compute/docs/accelerator-optimized-machines */
const BUILT_IN: Readonly<Record<string, readonly [AcceleratorType, number]>> = {
  ...Object.fromEntries([4, 8, 12, 16, 32].map((cpus) => [`g2-standard-${cpus}`, ['NVIDIA_L4', 1] as const])),
  'g2-standard-24': ['NVIDIA_L4', 2],
  'g2-standard-48': ['NVIDIA_L4', 4],
  'g2-standard-96': ['NVIDIA_L4', 8],
  ...Object.fromEntries([1, 2, 4, 8].map((gpus) => [`a2-highgpu-${gpus}g`, ['NVIDIA_TESLA_A100', gpus] as const])),
  'a2-megagpu-16g': ['NVIDIA_TESLA_A100', 16],
  ...Object.fromEntries([1, 2, 4, 8].map((gpus) => [`a2-ultragpu-${gpus}g`, ['NVIDIA_A100_80GB', gpus] as const])),
  ...Object.fromEntries([1, 2, 4, 8].map((gpus) => [`a3-highgpu-${gpus}g`, ['NVIDIA_H100_80GB', gpus] as const])),
  'a3-megagpu-8g': ['NVIDIA_H100_MEGA_80GB', 8],
  'a3-ultragpu-8g': ['NVIDIA_H200_141GB', 8],
  'a4-highgpu-8g': ['NVIDIA_B200', 8],
};

/** GPUs that can be attached to N1 machines, and how many. https://docs.cloud.google.com/compute/docs/gpus */
const ATTACHABLE_TO_N1: Readonly<Partial<Record<AcceleratorType, readonly number[]>>> = {
  NVIDIA_TESLA_T4: [1, 2, 4],
  NVIDIA_TESLA_P4: [1, 2, 4],
  NVIDIA_TESLA_P100: [1, 2, 4],
  NVIDIA_TESLA_V100: [1, 2, 4, 8],
};

/** Families whose machines take no GPU at all. */
const WITHOUT_GPUS = ['c2', 'c2d', 'c3', 'c4', 'e2', 'm1', 'm2', 'm3', 'n2', 'n2d', 'n4', 't2d'];
/** Families that have GPUs built in. */
const WITH_GPUS = ['a2', 'a3', 'a4', 'g2', 'g4'];

const familyOf = (machineType: string): string => machineType.split('-')[0]!;

/** Impossible pairs are problems of `check`; what the tables do not know is returned as a warning. */
export function checkMachine(check: Checks, prop: string, { type, accelerator }: Machine): string | undefined {
  if (Token.isUnresolved(type)) return undefined;
  if (!/^[a-z0-9]+(-[a-z0-9]+)+$/.test(type)) {
    check.add(`\`${prop}.type\` must be a machine type such as g2-standard-12, got: "${type}".`);
    return undefined;
  }
  if (accelerator) {
    const problem = impossible(type, accelerator);
    if (problem !== undefined) {
      check.add(`\`${prop}\`: ${problem}`);
      return undefined;
    }
  }
  return unknown(prop, type, accelerator);
}

function impossible(type: string, { type: gpu, count }: Accelerator): string | undefined {
  if (!Number.isInteger(count) || count < 1) return `the number of accelerators must be a whole number of at least 1, got: ${count}.`;
  const family = familyOf(type);
  if (WITHOUT_GPUS.includes(family)) {
    return `${type} takes no GPU, got ${count} × ${gpu}. Machines with GPUs are N1 (attached) and ${WITH_GPUS.join(', ')} (built in).`;
  }
  if (family === 'n1') {
    const counts = ATTACHABLE_TO_N1[gpu];
    if (!counts) return `${gpu} cannot be attached to an N1 machine; ${Object.keys(ATTACHABLE_TO_N1).join(', ')} can.`;
    return counts.includes(count) ? undefined : `an N1 machine takes ${counts.join(', ')} × ${gpu}, got ${count}.`;
  }
  const builtIn = BUILT_IN[type];
  if (!builtIn) return undefined;
  const [own, most] = builtIn;
  if (gpu !== own) return `${type} has ${most} × ${own}, got ${gpu}.`;
  return count > most ? `${type} has ${most} × ${own}, got ${count}.` : undefined;
}

function unknown(prop: string, type: string, accelerator: Accelerator | undefined): string | undefined {
  const family = familyOf(type);
  const known = type in BUILT_IN || family === 'n1' || WITHOUT_GPUS.includes(family);
  if (!known) return `${prop}: ${type} is not in the table of machines, so nobody has checked its accelerators.`;
  if (!accelerator && WITH_GPUS.includes(family)) {
    return `${prop}: ${type} has GPUs, but no accelerator is given: Vertex AI may refuse it, or leave them unused.`;
  }
  return undefined;
}

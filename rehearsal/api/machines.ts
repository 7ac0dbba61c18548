import { invalid } from './service-error';

export interface MachineSpec {
  readonly machineType?: string;
  readonly acceleratorType?: string;
  readonly acceleratorCount?: number;
}

/**
 * Machine types that bring their accelerators along, with the most a replica can have
 * (Google Cloud, "Accelerator-optimized machine family", and MachineSpec of the API: 1 to that many).
 */
const BOUND: readonly (readonly [RegExp, string, (match: RegExpExecArray) => number])[] = [
  [/^g2-standard-(4|8|12|16|32)$/, 'NVIDIA_L4', () => 1],
  [/^g2-standard-(24|48|96)$/, 'NVIDIA_L4', ([, cpus]) => Number(cpus) / 12],
  [/^a2-highgpu-(1|2|4|8)g$/, 'NVIDIA_TESLA_A100', ([, count]) => Number(count)],
  [/^a2-megagpu-(16)g$/, 'NVIDIA_TESLA_A100', ([, count]) => Number(count)],
  [/^a2-ultragpu-(1|2|4|8)g$/, 'NVIDIA_A100_80GB', ([, count]) => Number(count)],
  [/^a3-highgpu-(1|2|4|8)g$/, 'NVIDIA_H100_80GB', ([, count]) => Number(count)],
  [/^a3-megagpu-8g$/, 'NVIDIA_H100_MEGA_80GB', () => 8],
  [/^a3-ultragpu-8g$/, 'NVIDIA_H200_141GB', () => 8],
  [/^a4-highgpu-8g$/, 'NVIDIA_B200', () => 8],
];

/** N1 machines take these, bought apart from the machine. */
const ATTACHED_TO_N1 = ['NVIDIA_TESLA_P100', 'NVIDIA_TESLA_V100', 'NVIDIA_TESLA_P4', 'NVIDIA_TESLA_T4'];
const GENERAL = /^(n1|n2|n2d|e2|c2|c2d|c3|m1|ct5lp)-[a-z]+-\d+t?$/;

/** Throws what the service would say of a machine that does not exist or cannot have these accelerators. */
export function demandMachine({ machineType = '', acceleratorType, acceleratorCount = 0 }: MachineSpec): void {
  if ((acceleratorType !== undefined) !== acceleratorCount > 0) {
    throw invalid('machine_spec: accelerator_type and accelerator_count must be set together.');
  }
  for (const [pattern, type, most] of BOUND) {
    const match = pattern.exec(machineType);
    if (!match) continue;
    if (acceleratorType === type && acceleratorCount <= most(match)) return;
    throw invalid(
      `Machine type "${machineType}" needs 1 to ${most(match)} × ${type}, not ${acceleratorCount} × ${acceleratorType ?? 'none'}.`,
    );
  }
  if (!GENERAL.test(machineType)) throw invalid(`Machine type "${machineType}" is not supported.`);
  if (acceleratorType === undefined) return;
  if (!machineType.startsWith('n1-') || !ATTACHED_TO_N1.includes(acceleratorType)) {
    throw invalid(`Accelerator ${acceleratorType} is not supported on machine type "${machineType}".`);
  }
}

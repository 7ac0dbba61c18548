import { z } from 'zod';
import { region } from './values';

/** What every deployed model has, on an endpoint of its own and in Model Garden. */

const ACCELERATORS = [
  'NVIDIA_TESLA_P100',
  'NVIDIA_TESLA_V100',
  'NVIDIA_TESLA_P4',
  'NVIDIA_TESLA_T4',
  'NVIDIA_TESLA_A100',
  'NVIDIA_A100_80GB',
  'NVIDIA_L4',
  'NVIDIA_H100_80GB',
  'NVIDIA_H100_MEGA_80GB',
  'NVIDIA_H200_141GB',
  'NVIDIA_B200',
  'NVIDIA_GB200',
  'NVIDIA_RTX_PRO_6000',
] as const;

const accelerator = z
  .strictObject({
    type: z.enum(ACCELERATORS).describe('GPU of the Vertex AI API.'),
    count: z.number().int().min(1).max(16).default(1).describe('GPUs a replica.'),
  })
  .describe('GPUs of a replica. Which machine takes which is checked when the stacks are built.');

const machineType = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)+$/, 'a machine type, e.g. g2-standard-12')
  .describe('Compute Engine machine type, e.g. g2-standard-12.');

export const machine = z.strictObject({ type: machineType, accelerator: accelerator.optional() }).describe('The machine of each replica.');

export const replicas = z
  .strictObject({
    min: z
      .number()
      .int()
      .min(1)
      .max(1000)
      .default(1)
      .describe('Fewest replicas, with and without traffic. Vertex AI does not scale to zero.'),
    max: z.number().int().min(1).max(1000).optional().describe('Most replicas. Default: min.'),
    required: z.number().int().min(1).max(1000).optional().describe('A deploy counts as done with so many. Default: min.'),
    spot: z.boolean().default(false).describe('Spot machines: cheaper, and taken away when Google needs them.'),
  })
  .describe('How many machines serve.');

export const autoscaling = z
  .strictObject({
    cpuPercent: z.number().int().min(1).max(100).optional().describe('Target: per cent of the CPUs. Default: 60.'),
    gpuDutyCyclePercent: z.number().int().min(1).max(100).optional().describe('Target: per cent of the time a GPU is busy. Default: 60.'),
    requestsPerMinutePerReplica: z.number().int().min(1).max(1_000_000).optional().describe('Target: requests. Default: none.'),
  })
  .describe('When replicas are added: as soon as one target is exceeded.');

export const machinePrices = z
  .array(
    z.strictObject({
      machineType,
      accelerator: accelerator.optional(),
      usdPerHour: z.number().min(0).max(10_000).describe('US dollars an hour, for machine and accelerators together.'),
      region: region.describe('Region that the price is of.'),
      asOf: z.iso.date('a date, e.g. "2026-11-21"').describe('Day on which the source said so.'),
      source: z.string().min(1).max(200).describe('Where the price comes from: a page, a contract.'),
    }),
  )
  .default([])
  .describe(
    'Prices for the estimate of idle cost, before those that come with the project. A machine without a price is said to be unpriced.',
  );

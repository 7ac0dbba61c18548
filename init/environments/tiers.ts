import type { EnvironmentName } from '../choices';

interface Tier {
  readonly tier: 'development' | 'staging' | 'production';
  /** What stands above the file. */
  readonly purpose: string;
  readonly subnet: string;
  /** For a front door inside the network. */
  readonly proxySubnet: string;
}

/** Ranges do not overlap, so that networks can be joined later. */
export const TIERS: Readonly<Record<EnvironmentName, Tier>> = {
  dev: {
    tier: 'development',
    purpose: 'Where people try things: small, and gone tomorrow without tears.',
    subnet: '10.10.0.0/24',
    proxySubnet: '10.12.0.0/23',
  },
  staging: {
    tier: 'staging',
    purpose: 'Production in small: the same shape, its own keys and data. What breaks shall break here.',
    subnet: '10.20.0.0/23',
    proxySubnet: '10.22.0.0/23',
  },
  prod: {
    tier: 'production',
    purpose: 'What customers use. An error of the policy stops it; data is guarded against a deploy that would delete it.',
    subnet: '10.30.0.0/22',
    proxySubnet: '10.34.0.0/23',
  },
};

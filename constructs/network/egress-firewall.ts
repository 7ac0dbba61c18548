import { ComputeFirewall, type ComputeFirewallConfig } from '@cdktf/provider-google/lib/compute-firewall';
import type { ComputeNetwork } from '@cdktf/provider-google/lib/compute-network';
import { Construct } from 'constructs';
import { boundedName, NAME_LIMITS } from '../core';
import { PRIVATE_VIP, RESTRICTED_VIP } from './restricted-vip';

/**
 * Priorities: a lower number wins, and 65535 is the network's own "allow all egress". Room is left for rules of others.
 */
const PRIORITY = { denyOtherVip: 900, allow: 1000, denyAll: 65_000 } as const;

export interface EgressFirewallProps {
  /** Beginning of the names. */
  readonly name: string;
  readonly network: ComputeNetwork;
  /** Ranges of the network itself and of what is peered with it. */
  readonly internalRanges: readonly string[];
  /** Whether hosts on the internet may be called, on port 443. */
  readonly internet: boolean;
}

/**
 * Nothing leaves, but to the restricted VIP, to internal ranges and, on request, to port 443 anywhere. The metadata server, which is
 * also the resolver, needs no rule: firewalls do not apply to it.
 */
export class EgressFirewall extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: EgressFirewallProps,
  ) {
    super(scope, id);
    const https = [{ protocol: 'tcp', ports: ['443'] }];
    this.rule('google-apis', { priority: PRIORITY.allow, destinationRanges: [RESTRICTED_VIP], allow: https });
    this.rule('internal', { priority: PRIORITY.allow, destinationRanges: [...props.internalRanges], allow: [{ protocol: 'all' }] });
    if (props.internet) {
      this.rule('internet', { priority: PRIORITY.allow, destinationRanges: ['0.0.0.0/0'], allow: https });
      // Without this, "anywhere" would include the one other address of Google's APIs that needs no internet and no perimeter.
      this.rule('private-vip', { priority: PRIORITY.denyOtherVip, destinationRanges: [PRIVATE_VIP], deny: [{ protocol: 'all' }] });
    }
    this.rule('deny-all', { priority: PRIORITY.denyAll, destinationRanges: ['0.0.0.0/0'], deny: [{ protocol: 'all' }] });
  }

  private rule(concern: string, rule: Partial<ComputeFirewallConfig>): void {
    new ComputeFirewall(this, concern, {
      ...rule,
      name: boundedName([this.props.name, 'egress', concern], NAME_LIMITS.rfc1035),
      network: this.props.network.id,
      direction: 'EGRESS',
      // What is denied is worth knowing; what is allowed is in the flow logs.
      logConfig: rule.deny ? { metadata: 'INCLUDE_ALL_METADATA' } : undefined,
    });
  }
}

import { ComputeAddress } from '@cdktf/provider-google/lib/compute-address';
import { ComputeForwardingRule } from '@cdktf/provider-google/lib/compute-forwarding-rule';
import { DnsManagedZone } from '@cdktf/provider-google/lib/dns-managed-zone';
import { DnsRecordSet } from '@cdktf/provider-google/lib/dns-record-set';
import { Construct } from 'constructs';
import { boundedName, Checks, NAME_LIMITS } from '../core';

export interface PrivateServiceConnectConsumerProps {
  /** Begins the names of address, rule and zone. 1 to 63 of a-z, 0-9 and dash. */
  readonly name: string;
  /**
   * projects/TENANT/regions/REGION/serviceAttachments/NAME. Vertex AI makes it with the first model on the endpoint, and keeps it while there is one:
   * `gcloud ai endpoints describe ID --region=REGION` shows it under `deployedModels` as `serviceAttachment` of the `privateEndpoints`.
   */
  readonly serviceAttachment: string;
  /** Id of the endpoint, for its host name. */
  readonly endpointId: string;
  /** Number of the endpoint's project, for its host name. */
  readonly endpointProjectNumber: string;
  /** Project of the consumer's network. It must be on the endpoint's allowlist. */
  readonly projectId: string;
  /** Region of the subnet and of the endpoint: without global access they must be the same. */
  readonly region: string;
  /** Name or self link of the network that requests come from. */
  readonly network: string;
  /** Name or self link of the subnet that the address is taken from. */
  readonly subnetwork: string;
}

const ATTACHMENT = /^projects\/[^/]+\/regions\/([^/]+)\/serviceAttachments\/[^/]+$/;

/**
 * The consumer's side of Private Service Connect: an internal address that leads to an endpoint, and the host name for it. It is apart from
 * the endpoint because it may live in another project, and because the service attachment exists only after the first deploy.
 */
export class PrivateServiceConnectConsumer extends Construct {
  /** The host name: the certificate is for `*.prediction.p.vertexai.goog`, so requests by address or another name fail the TLS check. */
  readonly dnsName: string;
  /** Address in the subnet that the endpoint is reached at. */
  readonly address: ComputeAddress;
  /** Leads from the address to the endpoint's service attachment. */
  readonly forwardingRule: ComputeForwardingRule;

  constructor(scope: Construct, id: string, props: PrivateServiceConnectConsumerProps) {
    super(scope, id);
    check(this, props);
    const { projectId: project, region } = props;
    const name = (suffix: string): string => boundedName([props.name, suffix], NAME_LIMITS.rfc1035);

    this.address = new ComputeAddress(this, 'Address', {
      name: name('psc'),
      project,
      region,
      subnetwork: props.subnetwork,
      addressType: 'INTERNAL',
      description: `Private Service Connect to Vertex AI endpoint ${props.endpointId}.`,
    });
    this.forwardingRule = new ComputeForwardingRule(this, 'Resource', {
      name: name('psc'),
      project,
      region,
      network: props.network,
      ipAddress: this.address.id,
      target: props.serviceAttachment,
      // Empty, not absent: the default is an external load balancer.
      loadBalancingScheme: '',
      // The zone below is made by us, with the name that the certificate is for.
      noAutomateDnsZone: true,
      // Vertex AI may delete the attachment when no model has been deployed for ten minutes; a rule to the old one stays closed for good.
      recreateClosedPsc: true,
    });

    this.dnsName = `${props.endpointId}-${region}-${props.endpointProjectNumber}.prediction.p.vertexai.goog`;
    // A zone for this one name: a zone for all of prediction.p.vertexai.goog would have to be shared by all endpoints of a network.
    const zone = new DnsManagedZone(this, 'Zone', {
      name: name('psc'),
      project,
      dnsName: `${this.dnsName}.`,
      visibility: 'private',
      privateVisibilityConfig: { networks: [{ networkUrl: networkUrl(project, props.network) }] },
      description: `Vertex AI endpoint ${props.endpointId} through Private Service Connect.`,
    });
    new DnsRecordSet(this, 'Record', {
      name: `${this.dnsName}.`,
      project,
      managedZone: zone.name,
      type: 'A',
      ttl: 60,
      rrdatas: [this.address.address],
    });
  }
}

/** DNS wants the network's full name; addresses and rules take a bare one too. */
function networkUrl(project: string, network: string): string {
  return /^[a-z0-9-]+$/.test(network) ? `projects/${project}/global/networks/${network}` : network;
}

function check(scope: Construct, props: PrivateServiceConnectConsumerProps): void {
  const check = new Checks(scope);
  check.matches(
    'name',
    props.name,
    /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/,
    'at most 63 of a-z, 0-9 and dash, starting with a letter, not ending with a dash',
  );
  check.matches('serviceAttachment', props.serviceAttachment, ATTACHMENT, 'projects/PROJECT/regions/REGION/serviceAttachments/NAME');
  const region = ATTACHMENT.exec(props.serviceAttachment)?.[1];
  check.that(
    () => region === undefined || region === props.region,
    `\`region\` must be that of the service attachment: ${props.region} cannot reach ${props.serviceAttachment} without global access.`,
    props.serviceAttachment,
    props.region,
  );
  check.matches('endpointId', props.endpointId, /^[1-9]\d{0,9}$/, 'the digits of an endpoint id');
  check.matches('endpointProjectNumber', props.endpointProjectNumber, /^\d+$/, 'the number of a project, not its id');
  check.done();
}

import {
  AccessContextManagerAccessLevel,
  type AccessContextManagerAccessLevelBasicConditions,
} from '@cdktf/provider-google/lib/access-context-manager-access-level';
import { Construct } from 'constructs';
import { Checks, literal } from '../core';
import type { AccessPolicyReference } from './access-policy';
import { ACCESS_LEVEL_NAME } from './checks';

export type ManagementLevel = 'none' | 'basic' | 'complete';
export type EncryptionStatus = 'unsupported' | 'unencrypted' | 'encrypted';
export type OperatingSystem = 'mac' | 'windows' | 'linux' | 'chrome-os' | 'android' | 'ios';

/** State of the caller's device. */
export interface DevicePolicy {
  /**
   * Must have a screen lock.
   * @default false
   */
  readonly screenLock?: boolean;
  /**
   * Must belong to the company.
   * @default false
   */
  readonly companyOwned?: boolean;
  /**
   * Must be approved by an administrator.
   * @default false
   */
  readonly adminApproved?: boolean;
  /**
   * How it is managed; one of these.
   * @default all
   */
  readonly managementLevels?: readonly ManagementLevel[];
  /**
   * How its storage is encrypted; one of these.
   * @default all
   */
  readonly encryption?: readonly EncryptionStatus[];
  /**
   * What it runs; one of these.
   * @default all
   */
  readonly operatingSystems?: readonly {
    /** Which one. */
    readonly type: OperatingSystem;
    /** At least this version, e.g. `14.2.0`. */
    readonly minimumVersion?: string;
  }[];
}

/** All that is given must hold. */
export interface AccessCondition {
  /**
   * Public IPv4 or IPv6 ranges in CIDR notation. Private addresses never match: name networks instead.
   * @default any
   */
  readonly ipRanges?: readonly string[];
  /**
   * ISO 3166 codes of countries, e.g. `DE`.
   * @default any
   */
  readonly regions?: readonly string[];
  /**
   * `user:` and `serviceAccount:` members.
   * @default anybody
   */
  readonly members?: readonly string[];
  /**
   * VPC networks, `projects/P/global/networks/N`, each whole or some of its ranges.
   * @default any
   */
  readonly networks?: readonly {
    /** projects/P/global/networks/N */
    readonly network: string;
    /** Of its subnets; all where there are none. */
    readonly ranges?: readonly string[];
  }[];
  /**
   * What is asked of the caller's device.
   * @default nothing
   */
  readonly device?: DevicePolicy;
  /**
   * Names of other levels that must be met as well.
   * @default none
   */
  readonly levels?: readonly string[];
  /**
   * The condition holds where it otherwise would not.
   * @default false
   */
  readonly negate?: boolean;
}

export interface AccessLevelProps {
  /** Access policy that it belongs to. */
  readonly policy: AccessPolicyReference;
  /** At most 50 letters, digits and underscores, starting with a letter. Never changes: a change makes another level. */
  readonly name: string;
  /**
   * Unique within the access policy.
   * @default the name
   */
  readonly title?: string;
  /**
   * For people.
   * @default none
   */
  readonly description?: string;
  /**
   * Conditions, or an expression.
   * @default none; then `expression` is needed
   */
  readonly conditions?: readonly AccessCondition[];
  /**
   * Whether all conditions must hold, or one.
   * @default all
   */
  readonly combine?: 'all' | 'any';
  /**
   * A condition in the Common Expression Language; needs Chrome Enterprise Premium.
   * @default none; then `conditions` are needed
   */
  readonly expression?: string;
}

const OPERATING_SYSTEMS: Readonly<Record<OperatingSystem, string>> = {
  mac: 'DESKTOP_MAC',
  windows: 'DESKTOP_WINDOWS',
  linux: 'DESKTOP_LINUX',
  'chrome-os': 'DESKTOP_CHROME_OS',
  android: 'ANDROID',
  ios: 'IOS',
};
const ENCRYPTION: Readonly<Record<EncryptionStatus, string>> = {
  unsupported: 'ENCRYPTION_UNSUPPORTED',
  unencrypted: 'UNENCRYPTED',
  encrypted: 'ENCRYPTED',
};
const MEMBER = /^(user|serviceAccount):[^@\s]+@[^@\s]+$/;
const PRIVATE = /^(10\.|127\.|169\.254\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|f[cd]|fe80:|::1)/i;

/**
 * A name for circumstances of a request: network, region, device, caller. Perimeters and ingress policies refer to it. There is no dry run of
 * a changed level: make another one, and name it in the candidate of a perimeter.
 */
export class AccessLevel extends Construct {
  readonly resource: AccessContextManagerAccessLevel;
  /** By which perimeters and policies name it. */
  readonly levelName: string;
  /** Whether it looks at who calls; calls of Cloud Run services never meet such a level. */
  readonly hasMembers: boolean;

  constructor(scope: Construct, id: string, props: AccessLevelProps) {
    super(scope, id);
    this.check(props);
    const { policy, name, conditions, expression } = props;
    this.levelName = name;
    this.hasMembers = conditions?.some(({ members }) => members?.length) ?? false;

    this.resource = new AccessContextManagerAccessLevel(this, 'Resource', {
      parent: policy.parent,
      name: `${policy.parent}/accessLevels/${name}`,
      title: literal(props.title ?? name),
      description: props.description === undefined ? undefined : literal(props.description),
      basic: conditions && {
        combiningFunction: props.combine === 'any' ? 'OR' : 'AND',
        conditions: conditions.map((condition) => conditionBlock(condition, policy)),
      },
      custom: expression === undefined ? undefined : { expr: { expression: literal(expression) } },
      // A level that a perimeter still names cannot be deleted. So the perimeter is updated first, and one apply does both.
      lifecycle: { createBeforeDestroy: true },
    });
  }

  private check({ name, title, conditions, combine, expression }: AccessLevelProps): void {
    const check = new Checks(this);
    check.matches('name', name, ACCESS_LEVEL_NAME, 'at most 50 letters, digits and underscores, starting with a letter');
    check.matches('title', title, /^.{1,150}$/, '1 to 150 characters');
    check.that(
      () => (conditions === undefined) !== (expression === undefined),
      'an access level has `conditions` or an `expression`, and not both.',
    );
    check.notEmpty('conditions', conditions);
    check.that(() => combine === undefined || conditions !== undefined, '`combine` has no meaning for an expression. Remove it.');
    (conditions ?? []).forEach((condition, index) => this.checkCondition(check, `conditions[${index}]`, condition, name));
    check.done();
  }

  private checkCondition(check: Checks, where: string, condition: AccessCondition, name: string): void {
    const { ipRanges = [], regions = [], members = [], networks = [], device, levels = [] } = condition;
    check.that(
      () => device !== undefined || [ipRanges, regions, members, networks, levels].some((given) => given.length > 0),
      `\`${where}\` must look at something: ipRanges, regions, members, networks, device or levels.`,
    );
    check.that(
      () => ipRanges.length === 0 || networks.length === 0,
      `\`${where}\` has ipRanges and networks: Google takes one of the two. Make two conditions, and \`combine: 'any'\`.`,
    );
    for (const range of ipRanges) {
      check.matches(`${where}.ipRanges`, range, /^[0-9a-f.:]+\/\d{1,3}$/i, 'a range in CIDR notation, e.g. 203.0.113.0/24');
      check.that(
        () => !PRIVATE.test(range),
        `\`${where}.ipRanges\`: ${range} is private, and a request never carries a private address to Google. Name the network under networks.`,
        range,
      );
    }
    for (const region of regions) check.matches(`${where}.regions`, region, /^[A-Z]{2}$/, 'an ISO 3166 code of a country, e.g. DE');
    for (const member of members) check.matches(`${where}.members`, member, MEMBER, 'a user: or serviceAccount: member');
    for (const level of levels) check.matches(`${where}.levels`, level, ACCESS_LEVEL_NAME, 'the name of an access level');
    check.that(() => !levels.includes(name), `\`${where}.levels\` names the level itself.`);
  }
}

function conditionBlock(condition: AccessCondition, { parent }: AccessPolicyReference): AccessContextManagerAccessLevelBasicConditions {
  const { ipRanges, regions, members, networks, device, levels, negate } = condition;
  return {
    ipSubnetworks: ipRanges && [...ipRanges],
    regions: regions && [...regions],
    members: members && [...members],
    requiredAccessLevels: levels?.map((name) => `${parent}/accessLevels/${name}`),
    negate,
    vpcNetworkSources: networks?.map(({ network, ranges }) => ({
      vpcSubnetwork: { network: `//compute.googleapis.com/${network}`, vpcIpSubnetworks: ranges && [...ranges] },
    })),
    devicePolicy: device && {
      requireScreenLock: device.screenLock,
      requireCorpOwned: device.companyOwned,
      requireAdminApproval: device.adminApproved,
      allowedDeviceManagementLevels: device.managementLevels?.map((level) => level.toUpperCase()),
      allowedEncryptionStatuses: device.encryption?.map((status) => ENCRYPTION[status]),
      osConstraints: device.operatingSystems?.map(({ type, minimumVersion }) => ({ osType: OPERATING_SYSTEMS[type], minimumVersion })),
    },
  };
}

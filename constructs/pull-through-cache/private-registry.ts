import type { Checks } from '../core';

/** Regions of partitions other than `aws`. */
const PARTITIONS: readonly (readonly [prefix: string, partition: string, domain: string])[] = [
  ['cn-', 'aws-cn', 'amazonaws.com.cn'],
  ['us-gov-', 'aws-us-gov', 'amazonaws.com'],
];

const ACCOUNT = /^\d{12}$/;
const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;
const HOST = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?$/;

/** The registry of images that an AWS account has in a region. Every account has one in each, from the start. */
export class PrivateRegistry {
  private readonly place: readonly [partition: string, domain: string];

  constructor(
    /** 12 digits. */
    readonly accountId: string,
    /** e.g. `eu-central-1` */
    readonly region: string,
  ) {
    const [, partition = 'aws', domain = 'amazonaws.com'] = PARTITIONS.find(([prefix]) => region.startsWith(prefix)) ?? [];
    this.place = [partition, domain];
  }

  /** The registry that a host name stands for; undefined when it is none of ECR. */
  static fromHost(host: string): PrivateRegistry | undefined {
    const [, accountId, region] = HOST.exec(host) ?? [];
    return accountId === undefined || region === undefined ? undefined : new PrivateRegistry(accountId, region);
  }

  /** What images are pulled from: no scheme. */
  get host(): string {
    return `${this.accountId}.dkr.ecr.${this.region}.${this.place[1]}`;
  }

  /** The account as a principal of a policy. */
  get account(): string {
    return `arn:${this.place[0]}:iam::${this.accountId}:root`;
  }

  /** ARN pattern of the repositories under a prefix; `ROOT` means all of them. */
  repositories(prefix: string): string {
    return `arn:${this.place[0]}:ecr:${this.region}:${this.accountId}:repository/${prefix === 'ROOT' ? '*' : `${prefix}/*`}`;
  }

  equals(other: PrivateRegistry): boolean {
    return this.accountId === other.accountId && this.region === other.region;
  }

  toString(): string {
    return `${this.accountId} in ${this.region}`;
  }
}

export function checkRegistry(check: Checks, name: string, registry: PrivateRegistry): void {
  check.matches(`${name}.accountId`, registry.accountId, ACCOUNT, '12 digits');
  check.matches(`${name}.region`, registry.region, REGION, 'an AWS region, e.g. eu-central-1');
}

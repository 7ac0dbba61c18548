import type { CloudRunV2ServiceTemplateContainers } from '@cdktf/provider-google/lib/cloud-run-v2-service';
import type { IConstruct } from 'constructs';

/** One version of a secret, for a variable of a container. */
export interface SecretReference {
  /** Full name, projects/P/secrets/S. */
  readonly secret: string;
  /** Number of the version, never `latest`: a container that starts tomorrow must find what the one beside it found today. */
  readonly version: string;
  /** What the version was written as (`generation 3`): it tells revisions apart before Terraform knows the number. */
  readonly generation: number;
}

/** Something that the gateway's containers use: a database login, Redis. It says what they need for that. */
export interface Attachment {
  /** Environment variables, plain. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Environment variables that hold a secret. Whoever runs the containers is let read them. */
  readonly secrets?: Readonly<Record<string, SecretReference>>;
  /** Containers beside the gateway's own, e.g. the Cloud SQL auth proxy; the gateway starts after them. */
  readonly sidecars?: readonly CloudRunV2ServiceTemplateContainers[];
  /** What must be there before a container starts. */
  readonly dependsOn?: readonly IConstruct[];
}

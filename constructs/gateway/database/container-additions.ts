import type { IConstruct, IDependable } from 'constructs';
import type { TerraformResource } from '../../core';

/** One version of a secret. */
export interface SecretVersionReference {
  /** Short name, or projects/P/secrets/S. */
  readonly secret: string;
  /** Number of the version. Never `latest`: a rotation would reach a running revision at some moment, or never. */
  readonly version: string;
}

/** A container that starts before the main one, and stays beside it. */
export interface Sidecar {
  /** Of the container. */
  readonly name: string;
  /** By digest. */
  readonly image: string;
  /** Arguments of its entry point. */
  readonly args: readonly string[];
  /** As Cloud Run writes them: `1` or `500m`, `256Mi`. */
  readonly resources: {
    /** vCPUs, e.g. `500m`. */
    readonly cpu: string;
    /** e.g. `256Mi`. */
    readonly memory: string;
  };
  /** HTTP path and port that answer 200 once it can be used: the main container waits for that. */
  readonly startupProbe: {
    /** HTTP path. */
    readonly path: string;
    /** Port. */
    readonly port: number;
  };
  /** HTTP path and port that answer 200 while it works. A job has no such probe. */
  readonly livenessProbe: {
    /** HTTP path. */
    readonly path: string;
    /** Port. */
    readonly port: number;
  };
  /** A POST to it ends the sidecar: how a job, whose main container is done, gets done. */
  readonly quitUrl: string;
}

/**
 * What a container needs in order to use something else: GatewayService and GatewayMigrations put it into their templates as it is.
 * Names of variables do not collide between the database and the cache.
 */
export interface ContainerAdditions {
  /** Environment variables. They hold no secret, but may be known to Terraform only. */
  readonly variables: Readonly<Record<string, string>>;
  /** Environment variables whose value stands in Secret Manager. */
  readonly secrets: Readonly<Record<string, SecretVersionReference>>;
  /** Files by their absolute path: their text, which is no secret, but may be known to Terraform only. */
  readonly files: Readonly<Record<string, string>>;
  /** Containers that run beside it. */
  readonly sidecars: readonly Sidecar[];
  /** Users, grants and versions that must be there before the container starts. */
  readonly dependencies: readonly IDependable[];
}

/** How a container gets into the database. Made by `GatewayDatabase.login`. */
export interface DatabaseLogin extends ContainerAdditions {
  /** Changes whenever the login does: another user, another password. Not a secret. Migrations run again with it, which proves it. */
  readonly revision: string;
}

/** The service account that gateway and migrations run as, one for both: what migrations make, the gateway owns. `GatewayAccount` is one. */
export interface DatabaseAccount {
  /** NAME@PROJECT.iam.gserviceaccount.com */
  readonly email: string;
  /** What must be there before something runs as it, or is granted to it. */
  readonly ready: readonly IConstruct[];
  /** Lets it read a secret. @param secretName full name, projects/P/secrets/S */
  canRead(secretName: string): TerraformResource;
}

import type { Behaviour } from '../upstream/behaviour';
import { Upstream } from '../upstream/upstream';
import { CertificateAuthority } from './certificates';
import { ConnectProxy } from './connect-proxy';
import { GoogleApis } from './google-apis';
import { MetadataServer } from './metadata-server';

export interface GoogleProps {
  /** Default: `acme-ai-test`. */
  readonly projectId?: string;
  /** Key of AI Studio; default: `ai-studio-key`. */
  readonly aiStudioKey?: string;
}

/**
 * Google Cloud as a service on Cloud Run meets it: a metadata server that issues tokens, and Vertex AI and AI Studio that take them, under
 * their real names. A process with `environment` and nothing else in its environment cannot tell the difference, and gets nowhere else.
 */
export class Google {
  readonly projectId: string;
  readonly aiStudioKey: string;
  /** What the models got, and what they are told to do. */
  readonly models = new Upstream();
  readonly metadata: MetadataServer;
  private readonly authority = new CertificateAuthority();
  private readonly proxy: ConnectProxy;

  static async start(props: GoogleProps = {}): Promise<Google> {
    const google = new Google(props);
    await google.metadata.listen();
    await google.proxy.listen();
    return google;
  }

  private constructor({ projectId = 'acme-ai-test', aiStudioKey = 'ai-studio-key' }: GoogleProps) {
    this.projectId = projectId;
    this.aiStudioKey = aiStudioKey;
    this.metadata = new MetadataServer({ projectId, email: `gateway@${projectId}.iam.gserviceaccount.com` });
    const apis = new GoogleApis({ projectId, aiStudioKey, token: () => this.metadata.token });
    this.proxy = new ConnectProxy(this.authority, (request, response) => void this.models.handle(apis, request, response));
  }

  /** What a process needs in its environment to find all this. */
  get environment(): Record<string, string> {
    return { ...this.metadata.environment, ...this.proxy.environment };
  }

  /** Destinations that a process asked for and did not get: in a good test, none. */
  get refusedDestinations(): readonly string[] {
    return this.proxy.refused;
  }

  async stop(): Promise<void> {
    await this.proxy.close();
    await this.metadata.close();
    this.authority.close();
  }
}

export type { Behaviour };

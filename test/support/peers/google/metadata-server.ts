import { randomBytes } from 'node:crypto';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const ACCOUNT = '/computeMetadata/v1/instance/service-accounts/default';
const TOKEN_SECONDS = 3599;
/** In the form of an ID token, which nobody here checks: Cloud Run would. */
const IDENTITY_TOKEN = ['{"alg":"none"}', '{"aud":"gateway","exp":4102444800}', '']
  .map((part) => Buffer.from(part).toString('base64url'))
  .join('.');

export interface Identity {
  readonly projectId: string;
  readonly email: string;
}

/** The metadata server that every instance on Google Cloud has: Application Default Credentials get their tokens here. */
export class MetadataServer {
  /** The only token that the stand-in for Google takes. */
  readonly token = `ya29.${randomBytes(24).toString('base64url')}`;
  /** How often it was asked for the token. */
  tokens = 0;
  private readonly server: Server;

  constructor(private readonly identity: Identity) {
    this.server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://metadata');
      const refused = pathname !== '/' && request.headers['metadata-flavor'] !== 'Google';
      const answer = refused ? undefined : this.answer(pathname);
      response.setHeader('metadata-flavor', 'Google');
      response.setHeader('content-type', typeof answer === 'string' ? 'application/text' : 'application/json');
      response.writeHead(refused ? 403 : answer === undefined ? 404 : 200);
      response.end(typeof answer === 'string' ? answer : JSON.stringify(answer ?? {}));
    });
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  /** Where Google's libraries look for it. */
  get environment(): Record<string, string> {
    const address = `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return { GCE_METADATA_HOST: address, GCE_METADATA_IP: address };
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answer(path: string): string | object | undefined {
    const { projectId, email } = this.identity;
    switch (path.replace(/\/$/, '')) {
      case '':
        return 'computeMetadata/';
      case '/computeMetadata/v1/project/project-id':
        return projectId;
      case '/computeMetadata/v1/universe/universe-domain':
        return 'googleapis.com';
      case ACCOUNT:
        return { aliases: ['default'], email, scopes: ['https://www.googleapis.com/auth/cloud-platform'] };
      case `${ACCOUNT}/email`:
        return email;
      case `${ACCOUNT}/token`:
        this.tokens++;
        return { access_token: this.token, expires_in: TOKEN_SECONDS, token_type: 'Bearer' };
      case `${ACCOUNT}/identity`:
        return IDENTITY_TOKEN;
      default:
        return undefined;
    }
  }
}

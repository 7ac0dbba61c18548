import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface MetadataServer {
  /** For `GCE_METADATA_HOST`. */
  readonly host: string;
  close(): void;
}

/** The metadata server of a machine on Google Cloud, as far as it gives out tokens: where a run gets a new one when the first is refused. */
export async function serveMetadata(token: string): Promise<MetadataServer> {
  const server = createServer((request, response) => {
    const known = request.url?.endsWith('/service-accounts/default/token') && request.headers['metadata-flavor'] === 'Google';
    response.writeHead(known ? 200 : 404, { 'content-type': 'application/json' });
    response.end(known ? JSON.stringify({ access_token: token, expires_in: 3599, token_type: 'Bearer' }) : '{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

import {
  loadPackageDefinition,
  Server,
  ServerCredentials,
  type handleUnaryCall,
  type sendUnaryData,
  type ServerUnaryCall,
  type ServiceClientConstructor,
  type ServiceDefinition,
  status,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { type Socket } from 'node:net';
import { join } from 'node:path';
import { Connection } from './connection';
import { type ProviderFacts, type World } from './world';

/** Terraform's own limit of a message. */
const MESSAGE_BYTES = 64 * 1024 * 1024;

let definition: ServiceDefinition | undefined;

function serviceDefinition(): ServiceDefinition {
  if (definition === undefined) {
    const loaded = loadPackageDefinition(
      loadSync(join(__dirname, 'plugin.proto'), { keepCase: true, longs: Number, enums: String, defaults: true }),
    ) as unknown as { tfplugin5: { Provider: ServiceClientConstructor } };
    definition = loaded.tfplugin5.Provider.service;
  }
  return definition;
}

/** Serves a provider on a connection that has just been made. A server of its own for each connection keeps their configurations apart. */
export function serveConnection(socket: Socket, provider: ProviderFacts, world: World): void {
  const server = new Server({
    'grpc.max_receive_message_length': MESSAGE_BYTES,
    'grpc.max_send_message_length': MESSAGE_BYTES,
    'grpc.enable_channelz': 0,
  });
  const connection = new Connection(provider, world);
  const implementation: UntypedServiceImplementation = {};
  for (const [name, call] of Object.entries(connection.calls)) implementation[name] = unary(call as (request: unknown) => unknown);
  server.addService(serviceDefinition(), implementation);
  server.createConnectionInjector(ServerCredentials.createInsecure()).injectConnection(socket);
  socket.once('close', () => {
    connection.end();
    server.forceShutdown();
  });
}

const unary =
  (handle: (request: unknown) => unknown): handleUnaryCall<unknown, unknown> =>
  async (call: ServerUnaryCall<unknown, unknown>, callback: sendUnaryData<unknown>) => {
    try {
      callback(null, (await handle(call.request)) ?? {});
    } catch (error) {
      // Terraform shows this text; only a mistake of the rehearsal itself comes here.
      callback({ code: status.INTERNAL, details: `the rehearsal failed: ${(error as Error).stack ?? String(error)}` });
    }
  };

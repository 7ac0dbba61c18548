import { type ChildProcess, spawn } from 'node:child_process';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { VirtualEnvironment } from '../../../support/python';
import { EcrError, EcrOperations } from './ecr-operations';
import { ServiceModel } from './service-model';

export const MOTO = new VirtualEnvironment('moto', ['moto[server]==5.2.1', 'botocore==1.43.11']);
const MODEL = 'botocore/data/ecr/2015-09-21/service-2.json.gz';
const TARGET = 'AmazonEC2ContainerRegistry_V20150921.';

/** An AWS account on loopback: ECR's caches, templates and policies from here, every other operation from moto. */
export class AwsStandIn {
  /** Names of the operations of ECR that were called. */
  readonly calls: string[] = [];

  static async open(account: string): Promise<AwsStandIn> {
    const moto = await startMoto();
    const standIn = new AwsStandIn(account, moto.url, moto.process);
    await new Promise<void>((resolve) => standIn.server.listen(0, '127.0.0.1', resolve));
    return standIn;
  }

  readonly ecr: EcrOperations;
  private readonly server: Server;
  private readonly model = new ServiceModel(join(MOTO.packagesDirectory, MODEL));

  private constructor(
    private readonly account: string,
    private readonly motoUrl: string,
    private readonly moto: ChildProcess,
  ) {
    this.ecr = new EcrOperations(account);
    this.server = createServer((request, response) => void this.handle(request, response));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
    const gone = new Promise((resolve) => this.moto.once('close', resolve));
    this.moto.kill();
    await gone;
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const target = String(request.headers['x-amz-target'] ?? '');
    const own = target.startsWith(TARGET) ? this.answer(target.slice(TARGET.length), body.toString('utf8')) : undefined;
    if (own === undefined) return this.forward(request, body, response);
    response.writeHead(own.status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(own.body));
  }

  /** Undefined: moto has the operation. What the model refuses, moto does not get to see either. */
  private answer(operation: string, text: string): { readonly status: number; readonly body: object } | undefined {
    this.calls.push(operation);
    try {
      const request = JSON.parse(text) as Record<string, unknown>;
      const problems = this.model.problems(operation, request);
      if (problems.length > 0) throw new EcrError('InvalidParameterException', problems.join('; '));
      const body = this.ecr.answer(operation, request);
      return body && { status: 200, body };
    } catch (error) {
      if (!(error instanceof EcrError)) throw error;
      return { status: 400, body: { __type: error.code, message: error.message } };
    }
  }

  private async forward(request: IncomingMessage, body: Buffer, response: ServerResponse): Promise<void> {
    const { host: _, connection: _connection, 'content-length': _length, ...headers } = request.headers;
    const answer = await fetch(`${this.motoUrl}${request.url ?? '/'}`, {
      method: request.method,
      headers: { ...(headers as Record<string, string>), 'x-moto-account-id': this.account },
      body: body.length > 0 ? new Uint8Array(body) : undefined,
    });
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/xml' });
    response.end(Buffer.from(await answer.arrayBuffer()));
  }
}

function startMoto(): Promise<{ readonly url: string; readonly process: ChildProcess }> {
  const child = spawn(MOTO.command('moto_server'), ['-H', '127.0.0.1', '-p', '0'], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  return new Promise((resolve, reject) => {
    const listen = (chunk: Buffer): void => {
      said += chunk.toString();
      const url = /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(said)?.[1];
      if (url !== undefined) resolve({ url, process: child });
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.once('error', reject);
    child.once('close', (code) => reject(new Error(`moto ended with ${code}: ${said}`)));
  });
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Behaviour, Behaviours } from './behaviour';
import { replyTo } from './model';
import { type Protocol, Refusal } from './protocol';

const CUT_MILLISECONDS = 200;

/** A request that has arrived, whatever was answered. */
export interface Call {
  /** Host as the client wrote it, without a port. */
  readonly host: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<IncomingMessage['headers']>;
  readonly body: Record<string, unknown>;
  /** `performance.now()` at the arrival, milliseconds. */
  readonly at: number;
}

/** What a request means, once its address, its credential and its body have been found good. */
export interface Addressed {
  /** The model or the endpoint that has to answer. */
  readonly model: string;
  readonly protocol: Protocol;
  /** The answer of an operation that asks no model; it fails like any other. */
  readonly fixed?: object;
  /** Undefined: the answer comes at once. `array`: one JSON array, as Google streams without `alt=sse`. */
  readonly stream?: 'events' | 'array';
}

export type AnsweredCall = Call & {
  readonly model: string;
  /** Status that was sent. */
  readonly status: number;
  readonly streamed: boolean;
};

/** Finds out what a request means, or throws a Refusal. The protocol is the one to refuse in. */
export interface Api {
  readonly protocol: Protocol;
  address(call: Call, method: string): Addressed;
}

async function readCall(request: IncomingMessage): Promise<Call> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  const url = new URL(request.url ?? '/', 'http://upstream');
  const host = String(request.headers.host).replace(/:\d+$/, '');
  const body = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
  return { host, path: decodeURIComponent(url.pathname), query: url.searchParams, headers: request.headers, body, at: performance.now() };
}

/** Answers requests as models do, or as they are told to fail, and keeps a record of all. */
export class Upstream {
  /** Everything that arrived and was found good, in the order of the answers. */
  readonly calls: AnsweredCall[] = [];
  /** What was refused as malformed, unauthorized or unknown, with the reason: in a good test, nothing. */
  readonly refusals: string[] = [];
  readonly behaviours = new Behaviours();

  /** How many requests a model got. */
  count(model: string): number {
    return this.calls.filter((call) => call.model === model).length;
  }

  /** The next requests to a model go wrong in this way, one each. */
  next(model: string, ...behaviours: readonly Behaviour[]): void {
    this.behaviours.enqueue(model, behaviours);
  }

  /** All requests to a model go wrong in this way, unless `next` says otherwise. */
  always(model: string, behaviour: Behaviour): void {
    this.behaviours.set(model, behaviour);
  }

  /** Forgets behaviours and records. */
  reset(): void {
    this.behaviours.clear();
    this.calls.length = 0;
    this.refusals.length = 0;
  }

  async handle(api: Api, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = await readCall(request);
    try {
      const addressed = api.address(call, request.method ?? 'GET');
      const behaviour = this.behaviours.take(addressed.model);
      const asked = addressed.fixed ? undefined : addressed.protocol.read(call.body, addressed.model);
      this.calls.push({ ...call, model: addressed.model, status: behaviour.status ?? 200, streamed: addressed.stream !== undefined });
      if (behaviour.delay !== undefined) await sleep(behaviour.delay * 1000, undefined, { ref: false });
      if (behaviour.status !== undefined) return fail(response, addressed.protocol, behaviour);
      if (!asked) return send(response, 200, addressed.fixed ?? {});
      const reply = replyTo(asked);
      if (!addressed.stream) return send(response, 200, addressed.protocol.whole(reply, asked, behaviour));
      await stream(response, addressed.stream, addressed.protocol.parts(reply, asked, behaviour), behaviour);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.refusals.push(`${request.method} ${call.host}${call.path}: ${error.status} ${error.message}`);
      send(response, error.status, api.protocol.error(error.status, error.message));
    }
  }
}

function send(response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

function fail(response: ServerResponse, protocol: Protocol, { status = 500, retryAfter, message }: Behaviour): void {
  const text = message ?? `The model was told to fail with ${status}.`;
  send(response, status, protocol.error(status, text), retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) });
}

async function stream(response: ServerResponse, how: 'events' | 'array', parts: readonly string[], behaviour: Behaviour): Promise<void> {
  if (how === 'array') {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(`[${parts.map((part) => part.replace(/^data: /, '').trim()).join(',')}]`);
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const [index, part] of parts.entries()) {
    if (index === behaviour.cutAfter) {
      // What is written must have left before the connection goes.
      await sleep(CUT_MILLISECONDS, undefined, { ref: false });
      return void response.destroy();
    }
    if (index > 0 && behaviour.pause !== undefined) await sleep(behaviour.pause * 1000, undefined, { ref: false });
    response.write(part);
  }
  response.end();
}

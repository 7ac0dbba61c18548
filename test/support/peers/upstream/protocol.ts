import type { Behaviour } from './behaviour';
import type { Asked, Reply } from './model';

/** The request cannot be taken. Status as in HTTP. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** How a vendor's API puts a request and its answer. */
export interface Protocol {
  /** What the body asks; refuses what the real API would refuse. */
  read(body: Record<string, unknown>, model: string): Asked;
  /** Body of an answer that comes at once. */
  whole(reply: Reply, asked: Asked, behaviour: Behaviour): object;
  /** Parts of an answer that is streamed, each as the lines of a server-sent event. */
  parts(reply: Reply, asked: Asked, behaviour: Behaviour): string[];
  error(status: number, message: string): object;
}

/** The lines of one server-sent event. */
export const event = (data: object | string, name?: string): string =>
  `${name === undefined ? '' : `event: ${name}\n`}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;

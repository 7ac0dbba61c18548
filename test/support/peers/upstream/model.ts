/**
 * The model behind every stand-in, whatever the protocol. It answers so that a test can see what has reached it: its own name, what it was
 * asked, the system instruction, the images, what a tool has told it.
 */

export interface Tool {
  readonly name: string;
}

export interface Image {
  readonly mimeType: string;
  /** Decoded size. */
  readonly bytes: number;
}

/** A request as the model sees it. */
export interface Asked {
  readonly model: string;
  readonly text: string;
  readonly system?: string;
  readonly images: readonly Image[];
  readonly tools: readonly Tool[];
  /** Answer of the tool that was called in the turn before. */
  readonly toolResult?: unknown;
}

export interface ToolCall {
  readonly name: string;
  readonly arguments: Record<string, unknown>;
}

export type Reply = { readonly text: string } | { readonly call: ToolCall };

/** What every reply is said to have cost: spend can be computed by hand. */
export const TOKENS = { input: 10, output: 5 };

/** A tool is called when the text says so: `call NAME {"argument": "value"}`. */
function callIn(asked: Asked): ToolCall | undefined {
  const [, name, json] = /\bcall (\w+)\s*(\{.*\})?/s.exec(asked.text) ?? [];
  if (!asked.tools.some((tool) => tool.name === name)) return undefined;
  return { name: name!, arguments: JSON.parse(json ?? '{}') as Record<string, unknown> };
}

export function replyTo(asked: Asked): Reply {
  if (asked.toolResult !== undefined) return { text: `${asked.model} was told ${JSON.stringify(asked.toolResult)}` };
  const call = callIn(asked);
  if (call) return { call };
  const heard = [
    ...(asked.system === undefined ? [] : [`under "${asked.system}"`]),
    ...asked.images.map(({ mimeType, bytes }) => `with ${mimeType} of ${bytes} bytes`),
  ];
  return { text: [asked.model, ...heard, `heard "${asked.text}"`].join(' ') };
}

/** A streamed text comes in pieces, each one word. */
export const pieces = (text: string): string[] => text.split(/(?<= )/);

/** Size of what base64 stands for. */
export const decodedBytes = (base64: string): number => Buffer.from(base64, 'base64').length;

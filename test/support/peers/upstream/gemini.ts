import { randomBytes } from 'node:crypto';
import type { Behaviour } from './behaviour';
import { type Asked, type Reply, TOKENS, decodedBytes, pieces } from './model';
import { type Protocol, Refusal, event } from './protocol';

interface Part {
  readonly text?: string;
  readonly inlineData?: { readonly mimeType: string; readonly data: string };
  readonly functionCall?: { readonly name: string };
  readonly functionResponse?: { readonly response: unknown };
  readonly thoughtSignature?: string;
}

interface Content {
  readonly role?: string;
  readonly parts?: readonly Part[];
}

interface GenerateContentRequest {
  readonly contents?: readonly Content[];
  readonly systemInstruction?: Content;
  readonly tools?: readonly { readonly functionDeclarations?: readonly { readonly name: string }[] }[];
}

const OPAQUE = new Set(['args', 'response', 'parameters', 'properties']);

const camelCase = (name: string): string => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

const STATUS: Record<number, string> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  429: 'RESOURCE_EXHAUSTED',
  500: 'INTERNAL',
  503: 'UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
};

/** Google takes the names of fields in both spellings. What a tool's arguments and answers are called is not its business. */
function inCamelCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inCamelCase);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [camelCase(name), OPAQUE.has(name) ? field : inCamelCase(field)]));
}

const textOf = (content: Content | undefined): string => (content?.parts ?? []).map(({ text }) => text ?? '').join('');

/** Gemini 3 takes a function call back only with the signature that it came with. */
function checkSignatures(model: string, contents: readonly Content[]): void {
  if (!/^gemini-[3-9]/.test(model)) return;
  for (const { parts = [] } of contents) {
    const calls = parts.filter(({ functionCall }) => functionCall !== undefined);
    if (calls.length > 0 && !calls[0]!.thoughtSignature)
      throw new Refusal(400, 'Function call is missing a thought_signature in functionCall parts.');
  }
}

function usage(asked: Asked): object {
  const total = TOKENS.input + TOKENS.output;
  const usageMetadata = { promptTokenCount: TOKENS.input, candidatesTokenCount: TOKENS.output, totalTokenCount: total };
  return { usageMetadata, modelVersion: asked.model, responseId: randomBytes(8).toString('hex'), createTime: new Date().toISOString() };
}

const candidate = (parts: readonly object[], finishReason?: string): object => ({
  candidates: [{ index: 0, content: { role: 'model', parts }, ...(finishReason ? { finishReason } : {}) }],
});

function functionCall(reply: { readonly call: { readonly name: string; readonly arguments: object } }): object {
  const thoughtSignature = randomBytes(24).toString('base64');
  return { functionCall: { name: reply.call.name, args: reply.call.arguments }, thoughtSignature };
}

/** `generateContent` of Vertex AI and of AI Studio. */
export const gemini: Protocol = {
  read(body, model): Asked {
    const { contents = [], systemInstruction, tools = [] } = inCamelCase(body) as GenerateContentRequest;
    const last = contents.at(-1);
    if (!last?.parts?.length) throw new Refusal(400, 'Unable to submit request because at least one contents field is required.');
    if (!contents.every(({ role }) => role === undefined || role === 'user' || role === 'model'))
      throw new Refusal(400, 'Please use a valid role: user, model.');
    checkSignatures(model, contents);
    return {
      model,
      text: textOf(last),
      ...(systemInstruction ? { system: textOf(systemInstruction) } : {}),
      images: last.parts.flatMap(({ inlineData: d }) => (d ? [{ mimeType: d.mimeType, bytes: decodedBytes(d.data) }] : [])),
      tools: tools.flatMap(({ functionDeclarations = [] }) => functionDeclarations),
      toolResult: last.parts.find(({ functionResponse }) => functionResponse)?.functionResponse?.response,
    };
  },

  whole(reply: Reply, asked: Asked, { blocked }: Behaviour): object {
    if (blocked) return { ...candidate([], blocked), ...usage(asked) };
    const part = 'text' in reply ? { text: reply.text } : functionCall(reply);
    return { ...candidate([part], 'STOP'), ...usage(asked) };
  },

  parts(reply, asked, behaviour): string[] {
    if (!('text' in reply) || behaviour.blocked) return [event(gemini.whole(reply, asked, behaviour))];
    const texts = pieces(reply.text);
    return texts.map((text, i) =>
      event(i < texts.length - 1 ? candidate([{ text }]) : { ...candidate([{ text }], 'STOP'), ...usage(asked) }),
    );
  },

  error: (code, message) => ({ error: { code, message, status: STATUS[code] ?? 'UNKNOWN' } }),
};

import { randomBytes } from 'node:crypto';
import { type Asked, type Reply, TOKENS, type Tool, decodedBytes, pieces } from './model';
import { type Protocol, Refusal, event } from './protocol';

interface Block {
  readonly type: string;
  readonly text?: string;
  readonly content?: unknown;
  readonly source?: { readonly media_type: string; readonly data: string };
}

interface MessagesRequest {
  readonly anthropic_version?: string;
  readonly model?: string;
  readonly max_tokens?: number;
  readonly system?: string | readonly Block[];
  readonly messages?: readonly { readonly role: string; readonly content: string | readonly Block[] }[];
  readonly tools?: readonly Tool[];
}

const VERSION = 'vertex-2023-10-16';

const blocksOf = (content: string | readonly Block[]): readonly Block[] =>
  typeof content === 'string' ? [{ type: 'text', text: content }] : content;

const textOf = (content: string | readonly Block[]): string =>
  blocksOf(content)
    .map(({ text }) => text ?? '')
    .join('');

const contentOf = (reply: Reply): object =>
  'text' in reply
    ? { type: 'text', text: reply.text }
    : { type: 'tool_use', id: `toolu_${randomBytes(8).toString('hex')}`, name: reply.call.name, input: reply.call.arguments };

const stopReason = (reply: Reply): string => ('text' in reply ? 'end_turn' : 'tool_use');

const message = (model: string, content: readonly object[], stop_reason: string | null): object => ({
  id: `msg_${randomBytes(8).toString('hex')}`,
  type: 'message',
  role: 'assistant',
  model,
  content,
  stop_reason,
  stop_sequence: null,
  usage: { input_tokens: TOKENS.input, output_tokens: TOKENS.output },
});

/** `rawPredict` of Anthropic's models on Vertex AI. */
export const anthropic: Protocol = {
  read(body, model): Asked {
    const request = body as MessagesRequest;
    if (request.anthropic_version !== VERSION) throw new Refusal(400, `anthropic_version: must be ${VERSION}`);
    if (request.model !== undefined) throw new Refusal(400, 'model: Extra inputs are not permitted');
    if (!request.max_tokens) throw new Refusal(400, 'max_tokens: Field required');
    const last = request.messages?.at(-1);
    if (!last) throw new Refusal(400, 'messages: Field required');
    const blocks = blocksOf(last.content);
    return {
      model,
      text: textOf(last.content),
      ...(request.system === undefined ? {} : { system: textOf(request.system) }),
      images: blocks.flatMap(({ source }) => (source ? [{ mimeType: source.media_type, bytes: decodedBytes(source.data) }] : [])),
      tools: request.tools ?? [],
      toolResult: blocks.find(({ type }) => type === 'tool_result')?.content,
    };
  },

  whole: (reply, { model }) => message(model, [contentOf(reply)], stopReason(reply)),

  parts(reply, { model }): string[] {
    const input = (json: object) => ({ type: 'input_json_delta', partial_json: JSON.stringify(json) });
    const deltas = 'text' in reply ? pieces(reply.text).map((text) => ({ type: 'text_delta', text })) : [input(reply.call.arguments)];
    const start = 'text' in reply ? { type: 'text', text: '' } : { ...contentOf(reply), input: {} };
    const events: readonly { readonly type: string; readonly [field: string]: unknown }[] = [
      { type: 'message_start', message: message(model, [], null) },
      { type: 'content_block_start', index: 0, content_block: start },
      ...deltas.map((delta) => ({ type: 'content_block_delta', index: 0, delta })),
      { type: 'content_block_stop', index: 0 },
      { type: 'message_delta', delta: { stop_reason: stopReason(reply), stop_sequence: null }, usage: { output_tokens: TOKENS.output } },
      { type: 'message_stop' },
    ];
    return events.map((data) => event(data, data.type));
  },

  error: (status, text) => ({ type: 'error', error: { type: status === 429 ? 'rate_limit_error' : 'api_error', message: text } }),
};

import { randomBytes } from 'node:crypto';
import { type Asked, type Reply, TOKENS, type Tool, decodedBytes, pieces } from './model';
import { type Protocol, Refusal, event } from './protocol';

interface ContentPart {
  readonly type: string;
  readonly text?: string;
  readonly image_url?: { readonly url: string };
}

interface Message {
  readonly role: string;
  readonly content?: string | readonly ContentPart[] | null;
}

interface ChatRequest {
  readonly messages?: readonly Message[];
  readonly tools?: readonly { readonly function: Tool }[];
  readonly stream_options?: { readonly include_usage?: boolean };
}

const USAGE = { prompt_tokens: TOKENS.input, completion_tokens: TOKENS.output, total_tokens: TOKENS.input + TOKENS.output };

const partsOf = ({ content }: Message): readonly ContentPart[] =>
  typeof content === 'string' ? [{ type: 'text', text: content }] : (content ?? []);

const textOf = (message: Message): string =>
  partsOf(message)
    .map(({ text }) => text ?? '')
    .join('');

const newId = (): string => `chatcmpl-${randomBytes(8).toString('hex')}`;

const toolCalls = (reply: Reply): object[] =>
  'call' in reply
    ? [
        {
          index: 0,
          id: `call_${newId()}`,
          type: 'function',
          function: { name: reply.call.name, arguments: JSON.stringify(reply.call.arguments) },
        },
      ]
    : [];

const finish = (reply: Reply): string => ('call' in reply ? 'tool_calls' : 'stop');

/** What each event of one streamed answer has in common, and one event of it. */
function chunks(model: string): (fields: object) => string {
  const common = { id: newId(), object: 'chat.completion.chunk', created: Math.floor(Date.now() / 1000), model };
  return (fields) => event({ ...common, ...fields });
}

/** `chat/completions` of OpenAI, and of the many servers that speak it. */
export const openai: Protocol = {
  read(body, model): Asked {
    const { messages = [], tools = [] } = body as ChatRequest;
    const last = messages.at(-1);
    if (!last) throw new Refusal(400, "Invalid 'messages': empty array.");
    const system = messages.find(({ role }) => role === 'system' || role === 'developer');
    const images = partsOf(last).flatMap(({ image_url: image }) => {
      const [, mimeType = '', data = ''] = /^data:([^;]+);base64,(.*)$/s.exec(image?.url ?? '') ?? [];
      return image ? [{ mimeType, bytes: decodedBytes(data) }] : [];
    });
    return {
      model,
      text: textOf(last),
      ...(system ? { system: textOf(system) } : {}),
      images,
      tools: tools.map((tool) => tool.function),
      ...(last.role === 'tool' ? { toolResult: textOf(last) } : {}),
    };
  },

  whole(reply, { model }): object {
    const message = {
      role: 'assistant',
      content: 'text' in reply ? reply.text : null,
      ...('call' in reply ? { tool_calls: toolCalls(reply) } : {}),
    };
    const choices = [{ index: 0, message, finish_reason: finish(reply), logprobs: null }];
    return { id: newId(), object: 'chat.completion', created: Math.floor(Date.now() / 1000), model, choices, usage: USAGE };
  },

  parts(reply, { model }): string[] {
    const chunk = chunks(model);
    const delta = (fields: object, finish_reason: string | null = null) => chunk({ choices: [{ index: 0, delta: fields, finish_reason }] });
    const said = 'text' in reply ? pieces(reply.text).map((content) => delta({ content })) : [delta({ tool_calls: toolCalls(reply) })];
    const usage = chunk({ choices: [], usage: USAGE });
    return [delta({ role: 'assistant', content: '' }), ...said, delta({}, finish(reply)), usage, event('[DONE]')];
  },

  error: (status, message) => ({
    error: { message, type: status === 429 ? 'rate_limit_error' : 'server_error', param: null, code: String(status) },
  }),
};

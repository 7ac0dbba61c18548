/** Everything that an application does with openai, against the gateway. Arguments: base URL, key, image. Prints what came back as JSON. */
import OpenAI, { APIError } from 'openai';
import type { ClientAnswers } from './answers';

type Message = OpenAI.ChatCompletionMessageParam;

const MODEL = 'assistant';
const TOOL: OpenAI.ChatCompletionTool = {
  type: 'function',
  function: { name: 'get_weather', parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] } },
};

/** Tries again by itself otherwise; what the gateway answers is what counts here. */
const open = (baseUrl: string, apiKey: string) => new OpenAI({ baseURL: `${baseUrl}/v1`, apiKey, maxRetries: 0 }).chat.completions;

async function statusOf(baseUrl: string, key: string, model: string): Promise<number> {
  try {
    await open(baseUrl, key).create({ model, messages: [{ role: 'user', content: 'hi' }] });
    return 200;
  } catch (error) {
    if (error instanceof APIError) return error.status as number;
    throw error;
  }
}

async function main(baseUrl: string, key: string, image: string): Promise<ClientAnswers> {
  const chat = open(baseUrl, key);
  const ask = async (...messages: Message[]) => (await chat.create({ model: MODEL, messages, tools: [TOOL] })).choices[0]!.message;
  const textOf = async (...messages: Message[]) => (await ask(...messages)).content ?? undefined;

  const chunks: string[] = [];
  let tokens: number | undefined;
  const stream_options = { include_usage: true };
  for await (const event of await chat.create({
    model: MODEL,
    messages: [{ role: 'user', content: 'one two three' }],
    stream: true,
    stream_options,
  })) {
    tokens = event.usage?.total_tokens ?? tokens;
    const content = event.choices[0]?.delta.content;
    if (content) chunks.push(content);
  }

  const question: Message = { role: 'user', content: 'call get_weather {"city": "Paris"}' };
  const called = await ask(question);
  const call = called.tool_calls![0] as OpenAI.ChatCompletionMessageFunctionToolCall;
  const { city } = JSON.parse(call.function.arguments) as { readonly city: string };
  const result: Message = { role: 'tool', tool_call_id: call.id, content: JSON.stringify({ weather: `rain in ${city}` }) };
  const picture = { type: 'image_url', image_url: { url: `data:image/png;base64,${image}` } } as const;
  return {
    text: await textOf({ role: 'user', content: 'hi' }),
    stream: chunks.join(''),
    chunks: chunks.length,
    tokens,
    tool: await textOf(question, called, result),
    image: await textOf({ role: 'user', content: [{ type: 'text', text: 'look' }, picture] }),
    system: await textOf({ role: 'system', content: 'be brief' }, { role: 'user', content: 'hi' }),
    stranger: await statusOf(baseUrl, 'sk-nobody', MODEL),
    throttled: await statusOf(baseUrl, key, 'throttled'),
    broken: await statusOf(baseUrl, key, 'broken'),
  };
}

const [baseUrl = '', key = '', image = ''] = process.argv.slice(2);
void main(baseUrl, key, image).then((answers) => process.stdout.write(JSON.stringify(answers)));

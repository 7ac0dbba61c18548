/** Everything that an application does with @google/genai, against the gateway. Arguments: base URL, key, image. Prints what came back as JSON. */
import { ApiError, GoogleGenAI, type Part, type Tool, Type } from '@google/genai';
import type { ClientAnswers } from './answers';

const MODEL = 'assistant';
const TOOL: Tool = {
  functionDeclarations: [
    { name: 'get_weather', parameters: { type: Type.OBJECT, properties: { city: { type: Type.STRING } }, required: ['city'] } },
  ],
};

const open = (baseUrl: string, apiKey: string) => new GoogleGenAI({ apiKey, httpOptions: { baseUrl } }).models;

async function statusOf(baseUrl: string, key: string, model: string): Promise<number> {
  try {
    await open(baseUrl, key).generateContent({ model, contents: 'hi' });
    return 200;
  } catch (error) {
    if (error instanceof ApiError) return error.status;
    throw error;
  }
}

async function toolRoundTrip(models: GoogleGenAI['models']): Promise<string | undefined> {
  const question = { role: 'user', parts: [{ text: 'call get_weather {"city": "Paris"}' }] };
  const first = await models.generateContent({ model: MODEL, contents: [question], config: { tools: [TOOL] } });
  const { name, args } = first.functionCalls![0]!;
  const answer: Part = { functionResponse: { name, response: { weather: `rain in ${String(args!.city)}` } } };
  const contents = [question, first.candidates![0]!.content!, { role: 'user', parts: [answer] }];
  return (await models.generateContent({ model: MODEL, contents, config: { tools: [TOOL] } })).text;
}

async function main(baseUrl: string, key: string, image: string): Promise<ClientAnswers> {
  const models = open(baseUrl, key);
  const ask = async (contents: string | Part[], config = {}) => (await models.generateContent({ model: MODEL, contents, config })).text;
  const chunks: string[] = [];
  for await (const chunk of await models.generateContentStream({ model: MODEL, contents: 'one two three' })) chunks.push(chunk.text ?? '');
  return {
    text: await ask('hi'),
    stream: chunks.join(''),
    chunks: chunks.length,
    tokens: (await models.countTokens({ model: MODEL, contents: 'hi' })).totalTokens,
    tool: await toolRoundTrip(models),
    image: await ask([{ inlineData: { mimeType: 'image/png', data: image } }, { text: 'look' }]),
    system: await ask('hi', { systemInstruction: 'be brief' }),
    stranger: await statusOf(baseUrl, 'sk-nobody', MODEL),
    throttled: await statusOf(baseUrl, key, 'throttled'),
    broken: await statusOf(baseUrl, key, 'broken'),
  };
}

const [baseUrl = '', key = '', image = ''] = process.argv.slice(2);
void main(baseUrl, key, image).then((answers) => process.stdout.write(JSON.stringify(answers)));

import { CLIENTS } from '../support/peers';
import { GoogleApis } from '../support/peers/google/google-apis';
import { Datamodel } from '../support/peers/prisma/datamodel';
import { readGraphql, toGraphqlAnswer, toJsonBody } from '../support/peers/prisma/graphql';
import { gemini } from '../support/peers/upstream/gemini';
import type { Call } from '../support/peers/upstream/upstream';
import { describeWith } from '../support/requirements';
import { contents } from './configuration';

describeWith(CLIENTS.prepare(), 'the stand-in for Vertex AI', () => {
  let apis: GoogleApis;
  beforeAll(() => (apis = new GoogleApis({ projectId: 'p', token: () => 'good', aiStudioKey: 'k' })));

  const call = (changes: Partial<Call> = {}): Call => ({
    host: 'europe-west4-aiplatform.googleapis.com',
    path: '/v1/projects/p/locations/europe-west4/publishers/google/models/gemini-x:generateContent',
    query: new URLSearchParams(),
    headers: { authorization: 'Bearer good' },
    body: contents() as Record<string, unknown>,
    at: 0,
    ...changes,
  });

  it('takes what Google takes', () => expect(apis.address(call(), 'POST')).toMatchObject({ model: 'gemini-x' }));

  it.each([
    ['a token that was not issued', { headers: { authorization: 'Bearer other' } }, 'invalid authentication credentials'],
    ['another project', { path: call().path.replace('/p/', '/q/') }, 'Permission denied'],
    ['a host of another location', { host: 'europe-west1-aiplatform.googleapis.com' }, 'does not serve the location'],
    ['an operation that is not published', { path: call().path.replace('generate', 'guess') }, 'There is no POST'],
    ['a field that is not published', { body: { ...contents(), guess: 1 } }, 'Unknown name "guess"'],
    [
      'a field deep inside',
      { body: contents('hi', { generationConfig: { temprature: 1 } }) as Record<string, unknown> },
      'Unknown name "temprature"',
    ],
    [
      'a value of another type',
      { body: contents('hi', { generationConfig: { temperature: 'hot' } }) as Record<string, unknown> },
      'Invalid value',
    ],
  ] as const)('refuses %s', (_what, changes, reason) => expect(() => apis.address(call(changes), 'POST')).toThrow(reason));

  it('wants the signature of a function call back', () => {
    const turns = (part: object) => ({
      contents: [
        { role: 'user', parts: [{ text: 'a' }] },
        { role: 'model', parts: [part] },
        { role: 'user', parts: [{ text: 'b' }] },
      ],
    });
    const functionCall = { name: 'f', args: {} };
    expect(() => gemini.read(turns({ functionCall }), 'gemini-3-x')).toThrow('thought_signature');
    expect(gemini.read(turns({ functionCall, thoughtSignature: 'x' }), 'gemini-3-x').text).toBe('b');
  });
});

describe("Prisma's engine", () => {
  it('is asked in JSON what prisma-client-py asks in GraphQL', () => {
    const text =
      'query { result: findManyUser(take: 2, where: { name: { in: ["a", "b\\"{"] }, age: null }, orderBy: [{ age: asc }]) { id posts(take: 1) { id } } }';
    expect(readGraphql(text)).toEqual({
      modelName: 'User',
      action: 'findMany',
      query: {
        arguments: { take: 2, where: { name: { in: ['a', 'b"{'] }, age: null }, orderBy: [{ age: 'asc' }] },
        selection: { id: true, posts: { arguments: { take: 1 }, selection: { id: true } } },
      },
    });
  });

  it('gets JSON marked as such, wherever a relation leads', () => {
    const datamodel = new Datamodel(
      'model User {\n  id String @id\n  meta Json?\n  posts Post[]\n}\nmodel Post {\n  id String\n  body Json\n  meta String\n}\n',
    );
    const query = 'mutation { result: createOneUser(data: { meta: "{}", posts: { create: [{ body: "[1]", meta: "text" }] } }) { id } }';
    const marked = (value: string) => ({ $type: 'Json', value });
    expect(JSON.parse(toJsonBody(JSON.stringify({ query }), datamodel))).toMatchObject({
      query: { arguments: { data: { meta: marked('{}'), posts: { create: [{ body: marked('[1]'), meta: 'text' }] } } } },
    });
  });

  it('answers under the name that was asked for, without the marks', () => {
    const data = { findManyUser: [{ at: { $type: 'DateTime', value: '2026-01-01' } }] };
    expect(toGraphqlAnswer({ data })).toEqual({ data: { result: [{ at: '2026-01-01' }] } });
  });
});

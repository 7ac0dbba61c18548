import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';
import type { Step, VirtualEnvironment } from '../../python';

const FILE = 'openai-requests.schema.json';

/** The types of the requests in OpenAI's Python package, as a JSON Schema, and closed: what OpenAI does not know is refused. */
const SCRIPT = `
import json, sys
from typing import Union
from pydantic import TypeAdapter
from openai.types.chat import completion_create_params as chat
from openai.types.embedding_create_params import EmbeddingCreateParams
schema = TypeAdapter(Union[chat.CompletionCreateParamsNonStreaming, chat.CompletionCreateParamsStreaming, EmbeddingCreateParams]).json_schema()
for definition in schema["anyOf"]:
    schema["$defs"][definition["$ref"].split("/")[-1]]["additionalProperties"] = False
json.dump(schema, open(sys.argv[1], "w"))
`;

/** Writes the schema into the virtual environment that has OpenAI's package. */
export const writeOpenAiSchema = (environment: VirtualEnvironment): readonly Step[] => [
  { command: environment.command('python'), args: ['-c', SCRIPT, join(environment.directory, FILE)] },
];

const DEFINITIONS = { chat: 'CompletionCreateParams', embeddings: 'EmbeddingCreateParams' };

/** Checks bodies of requests as OpenAI's own client would write them. */
export class OpenAiSchema {
  private readonly ajv = new Ajv({ strict: false });
  private readonly checks = new Map<string, ValidateFunction>();

  constructor(environment: VirtualEnvironment) {
    this.ajv.addSchema(JSON.parse(readFileSync(join(environment.directory, FILE), 'utf8')) as object, 'openai');
  }

  problem(kind: keyof typeof DEFINITIONS, body: Record<string, unknown>): string | undefined {
    const variant = kind === 'chat' ? (body.stream === true ? 'Streaming' : 'NonStreaming') : '';
    const definition = `${DEFINITIONS[kind]}${variant}`;
    const check = this.checks.get(definition) ?? this.ajv.compile({ $ref: `openai#/$defs/${definition}` });
    this.checks.set(definition, check);
    if (check(body)) return undefined;
    const [error] = check.errors ?? [];
    return `${error?.instancePath || 'body'} ${error?.message}: ${JSON.stringify(error?.params)}`;
  }
}

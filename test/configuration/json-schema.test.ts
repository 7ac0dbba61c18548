import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { jsonSchemaFiles } from '../../configuration/json-schema';

const DIRECTORY = join(__dirname, '..', '..', 'environments');
const files = readdirSync(DIRECTORY).filter((name) => name.endsWith('.yaml'));
const schemaOf = (name: string): string => (name === 'shared.yaml' ? 'shared.schema.json' : 'environment.schema.json');

/** The JSON Schema as an editor applies it: read back, and given the file alone. */
function accepts(schema: string, value: unknown): boolean {
  return z.fromJSONSchema(JSON.parse(jsonSchemaFiles()[schema]!)).safeParse(value).success;
}

const read = (name: string): Record<string, unknown> => parse(readFileSync(join(DIRECTORY, name), 'utf8'));

describe('the JSON Schemas for editors', () => {
  it.each(Object.keys(jsonSchemaFiles()))('%s is what the schema says (else: npm run schema)', (name) => {
    expect(readFileSync(join(DIRECTORY, name), 'utf8')).toBe(jsonSchemaFiles()[name]);
  });

  it.each(files)('%s names its schema in its first line', (name) => {
    expect(readFileSync(join(DIRECTORY, name), 'utf8').split('\n')[0]).toBe(`# yaml-language-server: $schema=${schemaOf(name)}`);
  });

  it.each(files)('%s is accepted by it, without what the other file says', (name) => {
    expect(accepts(schemaOf(name), read(name))).toBe(true);
  });

  it.each(files)('%s with a mistake is not', (name) => {
    expect(accepts(schemaOf(name), { ...read(name), regoin: 'europe-west4' })).toBe(false);
    expect(accepts(schemaOf(name), { ...read(name), labels: { Team: 'a' } })).toBe(false);
    expect(accepts(schemaOf(name), { ...read(name), state: { backend: 'gsc' } })).toBe(false);
    expect(accepts(schemaOf(name), { ...read(name), encryption: { rotationDays: 0 } })).toBe(false);
  });

  it('ask an environment for what it cannot share, and forbid it in shared.yaml', () => {
    const { tier, ...rest } = read('dev.yaml');
    expect(accepts('environment.schema.json', rest)).toBe(false);
    expect(accepts('shared.schema.json', { tier })).toBe(false);
  });

  it('show descriptions and defaults', () => {
    const schema = JSON.parse(jsonSchemaFiles()['environment.schema.json']!);
    expect(schema.properties.network.properties.nat).toEqual({
      default: false,
      description: expect.stringContaining('Cloud NAT'),
      type: 'boolean',
    });
  });
});

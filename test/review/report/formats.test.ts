import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv from 'ajv';
import { jsonDocument, sarif } from '../../../review';
import { describeWith } from '../../support/requirements';
import { VirtualEnvironment } from '../../support/python';
import { SITUATIONS } from '../fixtures/situations';
import { reportOf } from '../plans';
import { showcase } from '../showcase';

const SCHEMA = JSON.parse(readFileSync(join(__dirname, '../../../review/report/schema.json'), 'utf8')) as object;

/** A schema that leaves a property out would say nothing about it. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const all = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  return 'properties' in schema && 'required' in schema ? { ...all, additionalProperties: false } : all;
}

describe('the report as JSON', () => {
  const ajv = new Ajv({ strict: true, allowUnionTypes: true, allErrors: true });
  const [open, exact] = [ajv.compile(SCHEMA), ajv.compile(closed(SCHEMA) as object)];
  const document = (name: string) => JSON.parse(jsonDocument(reportOf(name), 'dev')) as Record<string, unknown>;

  it.each(SITUATIONS)('is as its schema says, and has nothing that the schema does not know: $name', ({ name }) => {
    exact(document(name));
    expect(exact.errors).toBeNull();
  });

  it('may get more properties, and loses none', () => {
    expect(open({ ...document('update'), novelty: 1 })).toBe(true);
    for (const key of Object.keys(document('update'))) {
      const { [key]: _, ...rest } = document('update');
      expect([key, open(rest)]).toEqual([key, false]);
    }
  });
});

/** Models of the published schema that somebody else has written. */
const models = new VirtualEnvironment('sarif', ['sarif-pydantic==0.6.2']);

describeWith(models.prepare(), 'the report as SARIF, read by sarif-pydantic', () => {
  const directory = mkdtempSync(join(tmpdir(), 'sarif-'));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  const read = (...texts: string[]) => {
    const files = texts.map((text, index) => {
      const file = join(directory, `${index}.sarif`);
      writeFileSync(file, text);
      return file;
    });
    const program =
      'import sys; from sarif_pydantic import Sarif; print([sum(len(run.results) for run in Sarif.model_validate_json(open(file).read()).runs) for file in sys.argv[1:]])';
    return spawnSync(models.command('python'), ['-c', program, ...files], { encoding: 'utf8' });
  };
  const written = (report: ReturnType<typeof showcase>) => sarif(report, () => 'environments/prod.yaml');

  it('is valid, with a result for each risk', () => {
    const reports = [showcase(), ...['hostile', 'empty', 'perimeter-opened'].map(reportOf)];
    expect(read(...reports.map(written))).toMatchObject({
      status: 0,
      stdout: `[${reports.map(({ risks }) => risks.length).join(', ')}]\n`,
    });
  });

  it('would not be with a level that does not exist', () =>
    expect(read(written(showcase()).replaceAll('"level": "error"', '"level": "bad"')).status).not.toBe(0));
});

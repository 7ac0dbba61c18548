import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeOpenAiSchema } from './upstream/openai-schema';
import { type Step, VirtualEnvironment, lockedPackages } from '../python';

/** Release of the query engine that prisma-client-py 0.15.0 speaks to, and that `@prisma/client` in package.json brings. */
const PRISMA = '5.17.0';
const PYTHON = '3.11';

/** Prisma's command and its engines, within the virtual environment of LiteLLM. */
class PrismaFiles {
  constructor(private readonly environment: VirtualEnvironment) {}

  get commandLine(): string {
    return join(this.environment.directory, 'prisma');
  }

  engine(name: 'query' | 'schema'): string {
    return join(this.environment.directory, 'bin', `prisma-${name}-engine`);
  }

  /** What Prisma reads, so that it downloads nothing. */
  get variables(): Record<string, string> {
    return {
      PRISMA_BINARY_CACHE_DIR: this.commandLine,
      PRISMA_QUERY_ENGINE_BINARY: this.engine('query'),
      PRISMA_SCHEMA_ENGINE_BINARY: this.engine('schema'),
      CHECKPOINT_DISABLE: '1',
    };
  }

  /** Prisma wants a file that it can execute for an engine. */
  writeEngines(): void {
    for (const name of ['query', 'schema'] as const) {
      const loader = require.resolve('tsx/cjs');
      const script = join(__dirname, 'prisma', `${name}-engine.ts`);
      mkdirSync(join(this.environment.directory, 'bin'), { recursive: true });
      writeFileSync(this.engine(name), `#!/bin/sh\nexec '${process.execPath}' --require '${loader}' '${script}' "$@"\n`);
      chmodSync(this.engine(name), 0o755);
    }
  }
}

/** Prisma's client for Python is generated code; generating it takes Prisma's command, whose own scripts would download engines. */
function generateClient(environment: VirtualEnvironment): readonly Step[] {
  const prisma = new PrismaFiles(environment);
  prisma.writeEngines();
  const schema = join(environment.packagesDirectory, 'litellm_proxy_extras', 'schema.prisma');
  const path = `${join(environment.directory, 'bin')}:${process.env.PATH ?? ''}`;
  return [
    {
      command: 'npm',
      args: ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', prisma.commandLine, `prisma@${PRISMA}`],
    },
    { command: environment.command('prisma'), args: ['generate', '--schema', schema], environment: { ...prisma.variables, PATH: path } },
  ];
}

/** LiteLLM with all that its container image has. */
export const LITELLM = new VirtualEnvironment('litellm', lockedPackages('test/support/peers/python/litellm.txt'), {
  title: 'LiteLLM (test/support/peers/python/litellm.txt)',
  python: PYTHON,
  finish: generateClient,
});

/** The Python clients of the gateway, and Google's discovery documents. */
export const CLIENTS = new VirtualEnvironment('clients', lockedPackages('test/support/peers/python/clients.txt'), {
  title: 'the Python clients (test/support/peers/python/clients.txt)',
  python: PYTHON,
  finish: writeOpenAiSchema,
});

export const PRISMA_FILES = new PrismaFiles(LITELLM);

/** Where LiteLLM keeps the migrations of its database. */
export const migrationsDirectory = (): string => join(LITELLM.packagesDirectory, 'litellm_proxy_extras', 'migrations');

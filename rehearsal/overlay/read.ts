/** Reads overlay files; what is wrong in them is said with file and key. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { z } from 'zod';
import type { Kind } from '../schema/types';
import { providerOverlay, typeOverlay, type ProviderOverlay, type TypeOverlay } from './format';

const DIRECTORY = __dirname;

/** Where a project keeps overlays of its own, and this one its: the same place, so that a file can move from there to here. */
const FOLDER = 'rehearsal/overlay';

const nameOf = (kind: Kind, type: string): string =>
  kind === 'resource' ? `${type}.yaml` : kind === 'provider' ? 'provider.yaml' : `${kind}_${type}.yaml`;

/**
 * Where the facts of a type stand: in the project, where that has a file for it, else here. A data source or an ephemeral resource can have
 * the name of a resource: it says its kind.
 */
function overlayFile(projectDir: string, provider: string, kind: Kind, type: string): string {
  const own = join(projectDir, FOLDER, provider, nameOf(kind, type));
  return existsSync(own) ? own : join(DIRECTORY, provider, nameOf(kind, type));
}

/** The file as a person would type it, in the project or in the checkout of this one. */
export const overlayPath = (provider: string, kind: Kind, type: string): string => `${FOLDER}/${provider}/${nameOf(kind, type)}`;

/** Undefined: the type has no overlay. */
export function readTypeOverlay(projectDir: string, provider: string, kind: Kind, type: string): TypeOverlay | undefined {
  return readOverlay(overlayFile(projectDir, provider, kind, type), overlayPath(provider, kind, type), typeOverlay);
}

export function readProviderOverlay(projectDir: string, provider: string): ProviderOverlay | undefined {
  return readOverlay(overlayFile(projectDir, provider, 'provider', provider), overlayPath(provider, 'provider', provider), providerOverlay);
}

function readOverlay<T>(file: string, path: string, schema: z.ZodType<T>): T | undefined {
  return existsSync(file) ? parseOverlay(readFileSync(file, 'utf8'), path, schema) : undefined;
}

/** Checks the text of an overlay; `file` is what its errors name. */
export function parseOverlay<T>(text: string, file: string, schema: z.ZodType<T>): T {
  let content: unknown;
  try {
    content = parse(text);
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message.trim()}`, { cause: error });
  }
  const result = schema.safeParse(content);
  if (!result.success) {
    throw new Error(
      result.error.issues.map((issue) => `${file}: ${issue.path.map((step) => `${String(step)}: `).join('')}${issue.message}`).join('\n'),
    );
  }
  return result.data;
}

/** What to do about a type without facts: the file to add and the least that must stand in it. */
export function missingOverlayHelp(provider: string, kind: Kind, type: string): string {
  const where =
    kind === 'ephemeral' || provider === 'random'
      ? 'the docs of the type'
      : `the docs of the type (its "Import" section gives id and import) and its schema definition in the source of terraform-provider-${provider} (ForceNew, Default)`;
  return [
    `${kind} ${type} has no overlay. Add ${overlayPath(provider, kind, type)} with at least:`,
    `    source: hashicorp/${provider} VERSION, schema definition and docs of the type`,
    `    id: 'template of its id, such as projects/{{project}}/things/{{name}}'`,
    `    forceNew: [attributes whose change replaces it]`,
    `    computes: {attribute that the service computes: its template}`,
    `  Facts: ${where}. Keys and templates: rehearsal/overlay/README.md of cdktf-vertex-gateway.`,
  ].join('\n');
}

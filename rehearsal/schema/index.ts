/**
 * The schema and facts of the types that a stack uses: names and types from the installed bindings, the rest from the overlay.
 * Only the folders of the asked types are read, so this takes milliseconds where the whole package would take seconds.
 */
import { missingOverlayHelp, overlayPath, readProviderOverlay, readTypeOverlay } from '../overlay/read';
import type { TypeOverlay } from '../overlay/format';
import { parseBindings, type Bindings } from './bindings';
import { blockOf } from './block';
import { labelMergesOf, mergeType, mergeValues, relationsOf, type Merged } from './merge';
import { folderOf, packageDirectory, readGenerated } from './packages';
import type { Block, Kind, TypeFacts } from './types';

export type ProviderName = 'google' | 'aws' | 'random';

export interface WantedType {
  readonly provider: ProviderName;
  readonly kind: Exclude<Kind, 'provider'>;
  readonly type: string;
}

/**
 * Facts of the wanted types, by `${kind} ${type}`. `projectDir` is the project whose installed bindings count, and overlays of its own.
 * Everything that is missing or wrong is said in one error.
 */
export function loadTypes(projectDir: string, wanted: readonly WantedType[]): Map<string, TypeFacts> {
  const facts = new Map<string, TypeFacts>();
  const problems = new Set<string>();
  for (const one of wanted) {
    const key = `${one.kind} ${one.type}`;
    if (facts.has(key)) continue;
    try {
      facts.set(key, loadType(projectDir, one));
    } catch (error) {
      problems.add((error as Error).message);
    }
  }
  if (problems.size > 0) {
    throw new Error([...problems].join('\n'));
  }
  return facts;
}

/** The schema of a provider's own configuration. */
export function loadProvider(projectDir: string, provider: ProviderName): Block {
  const overlay = readProviderOverlay(projectDir, provider);
  if (!overlay) {
    throw new Error(`${overlayPath(provider, 'provider', provider)} is missing`);
  }
  const bindings = overlay.schema ? undefined : readBindings(projectDir, provider, 'provider', `provider ${provider}`);
  const block = bindings ? blockOf(bindings) : { attributes: attributesOf(overlay.schema), blocks: {} };
  // `alias` is Terraform's own: no provider is asked for it.
  const { alias: _alias, ...attributes } = block.attributes;
  const merged = mergeValues({ ...block, attributes }, overlay);
  checkPaths(projectDir, merged, overlayPath(provider, 'provider', provider), provider, bindings);
  return merged.block;
}

function loadType(projectDir: string, { provider, kind, type }: WantedType): TypeFacts {
  const overlay = readTypeOverlay(projectDir, provider, kind, type);
  const bindings = hasBindings(provider, kind)
    ? readBindings(projectDir, provider, folderOf(provider, kind, type), `${kind} ${type}`)
    : undefined;
  if (!overlay) {
    throw new Error(missingOverlayHelp(provider, kind, type));
  }
  const merged = mergeType(bindings ? blockOf(bindings) : { attributes: attributesOf(overlay.schema), blocks: {} }, overlay);
  checkPaths(projectDir, merged, overlayPath(provider, kind, type), provider, bindings);
  const labels = labelMergesOf(merged.block);
  return {
    provider,
    kind,
    type,
    schemaVersion: overlay.schemaVersion,
    block: merged.block,
    relations: relationsOf(overlay),
    id: overlay.id,
    importIds: overlay.import,
    hasUpdate: overlay.hasUpdate,
    computes: overlay.computes,
    clientOnly: overlay.clientOnly,
    ...optionalFacts(overlay),
    ...(labels.length > 0 && { labels: labels.map((merge) => ({ ...merge, ...(!overlay.attributionLabel && { attribution: false }) })) }),
  };
}

function optionalFacts(overlay: TypeOverlay): Partial<TypeFacts> {
  return {
    ...(overlay.deletionProtection !== undefined && { deletionProtection: overlay.deletionProtection }),
    ...(overlay.emptyToDelete.length > 0 && { emptyToDelete: overlay.emptyToDelete }),
    ...(overlay.plannedFromProvider.length > 0 && { plannedFromProvider: overlay.plannedFromProvider }),
    ...(overlay.known.length > 0 && { known: overlay.known }),
    ...(overlay.additive && { additive: true }),
    ...(overlay.parent !== undefined && { parent: overlay.parent }),
  };
}

/** The bindings know resources and data sources of the big providers; ephemeral resources and small providers stand whole in the overlay. */
function hasBindings(provider: ProviderName, kind: WantedType['kind']): kind is 'resource' | 'data' {
  return provider !== 'random' && kind !== 'ephemeral';
}

function readBindings(projectDir: string, provider: ProviderName, folder: string, what: string): Bindings {
  const directory = packageDirectory(projectDir, provider);
  if (!directory) {
    throw new Error(
      `${what}: @cdktf/provider-${provider} is not installed in ${projectDir}. Its schema is read from there: run npm ci in that directory.`,
    );
  }
  const source = readGenerated(directory, folder);
  if (!source) {
    throw new Error(
      `${what}: the installed @cdktf/provider-${provider} does not know it (no lib/${folder}). Look for a typing error, or for the version that has it.`,
    );
  }
  return parseBindings(source.text);
}

/**
 * An overlay that names what its own version of the provider does not have is wrong. Under another version of the bindings the facts
 * that no longer apply are left out.
 */
function checkPaths(projectDir: string, merged: Merged, file: string, provider: ProviderName, bindings: Bindings | undefined): void {
  if (merged.unknownPaths.length === 0) {
    return;
  }
  if (bindings === undefined || bindings.providerVersion === readProviderOverlay(projectDir, provider)?.version) {
    throw new Error(merged.unknownPaths.map((path) => `${file}: ${path} is no attribute or block of its type`).join('\n'));
  }
}

function attributesOf(schema: TypeOverlay['schema']): Block['attributes'] {
  return (schema ?? {}) as Block['attributes'];
}

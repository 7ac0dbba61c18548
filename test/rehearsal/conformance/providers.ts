import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { serveProviders } from '../../../rehearsal/plugin';
import { SecretLedger } from '../../../rehearsal/ledger';
import { engineEnvironment } from '../../../rehearsal/run/environment';
import { MemoryStore } from '../../../rehearsal/store';
import type { Requirement } from '../../support/requirements';
import type { Case } from './cases';

const PROJECT = resolve(__dirname, '../../..');

/** Directory that `terraform providers mirror` has filled. */
const MIRROR = process.env.REAL_PROVIDERS_MIRROR;

interface BindingsPackage {
  readonly cdktf: { readonly provider: { readonly version: string } };
}

/** The version of google that the bindings were made from, so the one to be compared with. */
export const googleVersion = (): string => {
  const text = readFileSync(require.resolve('@cdktf/provider-google/package.json'), 'utf8');
  return (JSON.parse(text) as BindingsPackage).cdktf.provider.version;
};

export const realProvider = (): Requirement => ({
  met: Boolean(MIRROR),
  reason: `REAL_PROVIDERS_MIRROR names no directory with the real google ${googleVersion()} provider, see docs/rehearsal.md`,
});

/** How Terraform finds one kind of provider. */
export interface Provider {
  readonly environment: NodeJS.ProcessEnv;
  close(): Promise<void>;
}

/** The embedded google, with the types that the cases use. */
export async function embedded(cases: readonly Case[]): Promise<Provider> {
  const types = new Set(cases.flatMap(({ resources }) => Object.keys(resources)));
  const served = await serveProviders({
    projectDir: PROJECT,
    types: [...types].map((type) => ({ provider: 'google', kind: 'resource', type })),
    store: new MemoryStore(),
    ledger: new SecretLedger(),
  });
  return { environment: engineEnvironment(served.environment), close: () => served.close() };
}

/** The real google out of the mirror, which gets no credentials and no network. */
export function real(): Provider {
  const directory = mkdtempSync(join(tmpdir(), 'conformance-mirror-'));
  const configuration = join(directory, 'terraform.tfrc');
  const path = JSON.stringify(resolve(MIRROR!));
  writeFileSync(configuration, `provider_installation {\n  filesystem_mirror {\n    path = ${path}\n  }\n}\n`);
  const environment = engineEnvironment({
    TF_CLI_CONFIG_FILE: configuration,
    GOOGLE_OAUTH_ACCESS_TOKEN: 'no-token',
    // When it is configured the provider asks Google who it is. Port 9 (discard) answers nobody, so it gives up at once.
    HTTPS_PROXY: 'http://127.0.0.1:9',
  });
  return { environment, close: async () => rmSync(directory, { recursive: true, force: true }) };
}

import { exports as entries } from '../../package.json';

const NAMES = Object.keys(entries)
  .filter((path) => path !== './package.json')
  .map((path) => `cdktf-vertex-gateway${path.slice(1)}`);

const imports = NAMES.map((name, index) => `import * as entry${index} from '${name}';\nvoid entry${index};`).join('\n');

/** A program that uses every entry and means it: where a type is lost, what is expected to be an error is none. */
export const TYPED = `${imports}
import { App, TerraformStack } from 'cdktf';
import { loadEnvironments, type Environment } from 'cdktf-vertex-gateway/configuration';
import { PrivateNetwork, type PrivateNetworkProps } from 'cdktf-vertex-gateway/network';
import { checkPolicy, type Report } from 'cdktf-vertex-gateway/policy';
import { TagMutability, Upstream } from 'cdktf-vertex-gateway/pull-through-cache';

const stack = new TerraformStack(new App(), 'network');
const props: PrivateNetworkProps = { name: 'inference', region: 'europe-west4', subnetRange: '10.0.0.0/24' };
export const name: string = new PrivateNetwork(stack, 'Network', props).resource.name;
export const upstream: Upstream = Upstream.ecrPublic();
export const mutability: TagMutability = TagMutability.immutable;
export const report: Report = checkPolicy([], { production: true, perimeter: false });
export const tiers: readonly ('development' | 'staging' | 'production')[] = loadEnvironments('environments').map(({ tier }: Environment) => tier);

// @ts-expect-error -- a region is a text
new PrivateNetwork(stack, 'Wrong', { ...props, region: 4 });
// @ts-expect-error -- there is no such tier
export const wrong: Environment['tier'] = 'development!';
// @ts-expect-error -- there is no such level
export const level: Report['findings'][number]['level'] = 'fatal';
`;

const APP = `
const app = new App();
const stack = new TerraformStack(app, 'network');
new GoogleProvider(stack, 'Google', { project: 'acme-ai-dev', region: 'europe-west4' });
new PrivateNetwork(stack, 'Network', { name: 'inference', region: 'europe-west4', subnetRange: '10.0.0.0/24' });
app.synth();
`;

/** The smallest app with a construct in a stack of its own, as a CommonJS and as an ES module. */
export const APPS = {
  'main.cjs': `const { App, TerraformStack } = require('cdktf');
const { GoogleProvider } = require('@cdktf/provider-google/lib/provider');
const { PrivateNetwork } = require('cdktf-vertex-gateway/network');
${APP}`,
  'main.mjs': `import { App, TerraformStack } from 'cdktf';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider/index.js';
import { PrivateNetwork } from 'cdktf-vertex-gateway/network';
${APP}`,
};

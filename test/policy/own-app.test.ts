import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ComputeNetwork } from '@cdktf/provider-google/lib/compute-network';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { TerraformStack, Testing } from '../../constructs/core';
import { checkPolicy } from '../../policy';

/** The validation that policy/README.md shows to those who use single constructs. */
function hold(stack: TerraformStack): void {
  stack.node.addValidation({
    validate: () =>
      checkPolicy([{ name: stack.node.id, json: stack.toTerraform() }], { production: true, perimeter: false }).findings.map(
        ({ path, rule, message, fix }) => `${path}: ${rule} ${message}. ${fix}`,
      ),
  });
}

function synthesize(autoCreateSubnetworks: boolean): string {
  const stack = new TerraformStack(Testing.app(), 'mine');
  new GoogleProvider(stack, 'Google', { project: 'acme-ai-dev' });
  new ComputeNetwork(stack, 'Network', { name: 'main', autoCreateSubnetworks });
  stack.addOverride('terraform.backend', {
    gcs: { bucket: 'acme-state', kms_encryption_key: 'projects/p/locations/l/keyRings/r/cryptoKeys/k' },
  });
  hold(stack);
  return Testing.synth(stack, true);
}

describe('an app of your own', () => {
  it('is held to the policy by a validation', () => {
    expect(() => synthesize(true)).toThrow(/mine\/Network: NET-005 is true\. Set `auto_create_subnetworks = false`/);
  });

  it('synthesizes when it keeps to it', () => expect(synthesize(false)).toContain('google_compute_network'));

  it('is told so in the README, word for word', () => {
    const without = (text: string): string => text.replace(/\s/g, '');
    const readme = readFileSync(join(__dirname, '../../policy/README.md'), 'utf8');
    const [, snippet = ''] = /from 'cdktf-vertex-gateway\/policy';\n\n([^]*?)\n```/.exec(readme) ?? [];
    expect(snippet).not.toBe('');
    expect(without(readFileSync(__filename, 'utf8'))).toContain(without(snippet));
  });
});

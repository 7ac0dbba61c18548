import { join } from 'node:path';
import { checkPolicy } from '../../policy';
import { readStacks, UnreadableStack } from '../../policy/read';
import { withFiles } from '../support/files';

const NETWORK = JSON.stringify({ resource: { google_compute_network: { main: { name: 'main' } } } });
const SUBNET = JSON.stringify({ resource: { google_compute_subnetwork: { main: { name: 'main' } } } });

const rulesOf = (path: string): string[] =>
  checkPolicy(readStacks(path), { production: false, perimeter: false }).findings.map(({ stack, rule }) => `${stack} ${rule}`);

describe('stacks', () => {
  it('are read from a file', () => {
    withFiles({ 'app/cdk.tf.json': NETWORK }, (directory) => expect(rulesOf(join(directory, 'app/cdk.tf.json'))).toEqual(['app NET-005']));
  });

  it('are read from a folder, whose files are one stack', () => {
    withFiles({ 'app/a.tf.json': NETWORK, 'app/b.tf.json': SUBNET, 'app/main.tf': 'x' }, (directory) => {
      expect(rulesOf(join(directory, 'app'))).toEqual(['app NET-005', 'app NET-004']);
      expect(readStacks(join(directory, 'app'))).toHaveLength(1);
    });
  });

  it('are read from what cdktf synth writes', () => {
    withFiles(
      { 'cdktf.out/manifest.json': '{}', 'cdktf.out/stacks/a/cdk.tf.json': NETWORK, 'cdktf.out/stacks/b/cdk.tf.json': SUBNET },
      (directory) => {
        expect(rulesOf(join(directory, 'cdktf.out'))).toEqual(['a NET-005', 'b NET-004']);
        expect(readStacks(join(directory, 'cdktf.out'))[1]!.artifact).toBe(join(directory, 'cdktf.out/stacks/b/cdk.tf.json'));
      },
    );
  });

  it('may start with a byte order mark', () => {
    withFiles({ 'app/cdk.tf.json': `\uFEFF${NETWORK}` }, (directory) => expect(rulesOf(join(directory, 'app'))).toEqual(['app NET-005']));
  });

  it.each([
    ['nowhere', /nowhere does not exist/],
    ['main.tf', /main\.tf is no Terraform JSON\. HCL is not read/],
    ['broken.tf.json', /broken\.tf\.json is not JSON: /],
    ['plan.json', /plan\.json holds no stack\. `terraform show -json` is a plan, or a state/],
    ['null.tf.json', /null\.tf\.json holds no stack/],
    ['hcl', /hcl holds no \*\.tf\.json, and no folder that does/],
  ])('that cannot be read are told: %s', (name, message) => {
    withFiles(
      { 'main.tf': '', 'broken.tf.json': '{', 'plan.json': '{"format_version":"1.2"}', 'null.tf.json': 'null', 'hcl/main.tf': '' },
      (directory) => {
        const read = () => readStacks(join(directory, name));
        expect(read).toThrow(UnreadableStack);
        expect(read).toThrow(message);
      },
    );
  });
});

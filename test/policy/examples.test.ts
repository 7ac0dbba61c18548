import { join } from 'node:path';
import { RULES } from '../../policy/rules';
import { blockOf } from '../../rehearsal/schema/block';
import { parseBindings } from '../../rehearsal/schema/bindings';
import { folderOf, packageDirectory, readGenerated } from '../../rehearsal/schema/packages';
import type { Block } from '../../rehearsal/schema/types';

const ROOT = join(__dirname, '../..');

/** Arguments that Terraform takes in every resource. */
const META = ['lifecycle', 'count', 'for_each', 'depends_on', 'provider', 'provisioner'];

function blockOfType(type: string): Block {
  const provider = type.startsWith('aws_') ? 'aws' : 'google';
  const generated = readGenerated(packageDirectory(ROOT, provider)!, folderOf(provider, 'resource', type));
  if (!generated) throw new Error(`no resource ${type}`);
  return blockOf(parseBindings(generated.text));
}

/** Names that the provider does not know, with the path to them. */
function strangers(value: object, block: Block, path: string): string[] {
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) => {
    const at = `${path}.${name}`;
    const nested = block.blocks[name]?.block;
    if (nested) {
      const list: unknown[] = Array.isArray(inner) ? inner : [inner];
      return list.flatMap((each) => strangers(each as object, nested, at));
    }
    return block.attributes[name] || (path.split('.').length === 2 && META.includes(name)) ? [] : [at];
  });
}

const resources = RULES.flatMap((rule) =>
  [rule.good, rule.bad].flatMap((example) =>
    Object.entries((example['resource'] ?? {}) as Record<string, Record<string, object>>)
      .filter(([type]) => /^(google|aws)_/.test(type))
      .flatMap(([type, blocks]) => Object.values(blocks).map((block): [string, string, object] => [rule.id, type, block])),
  ),
);

describe('the examples of the rules', () => {
  it('name only arguments that the providers have', () => {
    const unknown = resources.flatMap(([id, type, block]) => strangers(block, blockOfType(type), `${id} ${type}.example`));
    expect(unknown).toEqual([]);
  });

  it('would be found out if they did not', () => {
    const settings = { template: { containers: [{ imagee: 'x' }] } };
    expect(strangers(settings, blockOfType('google_cloud_run_v2_service'), 'x.example')).toEqual(['x.example.template.containers.imagee']);
  });
});

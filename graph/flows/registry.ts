import type { Block } from '../../policy/block';
import type { Draft } from '../draft';
import type { Identities } from '../identities';
import type { Landscape } from '../landscape';
import { awsPrincipalOf } from '../principals';
import { blocksOf, documentOf, textOf, textsOf } from '../value';

const PULLS = 'ecr:BatchGetImage';
const FILLS = 'ecr:ReplicateImage';

const principalsOf = (statement: Block): string[] => {
  const everyone = textOf(statement, 'Principal');
  return everyone === undefined ? textsOf(statement, 'Principal.AWS') : [everyone];
};

/** Who pulls images from a registry of AWS, and who fills it: the statements of its policy. */
export function drawRegistries(draft: Draft, landscape: Landscape, identities: Identities): void {
  for (const resource of landscape
    .resources()
    .filter(({ type }) => type === 'aws_ecr_registry_policy' || type === 'aws_ecr_repository_policy')) {
    const policy = documentOf(resource, 'policy');
    for (const statement of policy ? blocksOf(policy, 'Statement') : []) {
      if (textOf(statement, 'Effect') !== 'Allow') continue;
      const actions = textsOf(statement, 'Action');
      const label = actions.includes(PULLS) ? 'pulls images' : actions.includes(FILLS) ? 'replicates' : undefined;
      if (label === undefined) continue;
      const repositories = textsOf(statement, 'Resource').flatMap((arn) => landscape.mentioned(arn, resource.stack));
      for (const principal of principalsOf(statement)) {
        const from = identities.outsider(awsPrincipalOf(principal));
        for (const { id } of repositories)
          draft.connect({ from, to: id, flow: 'data', label, because: `${actions.join(', ')}: ${resource.address}` });
      }
    }
  }
}

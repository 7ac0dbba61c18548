/**
 * The seam: the only file that imports `cdktf`. CDKTF is archived; CDK Terrain (`cdktn`) carries it on. To move, change this file and
 * package.json. Export here what the project uses, and nothing else.
 */
export {
  Annotations,
  App,
  Aspects,
  Fn,
  dependable,
  GcsBackend,
  Lazy,
  LocalBackend,
  S3Backend,
  TerraformAsset,
  TerraformElement,
  TerraformLocal,
  TerraformOutput,
  TerraformResource,
  TerraformStack,
  TerraformVariable,
  Testing,
  Token,
} from 'cdktf';
export type { IAspect, ITerraformDependable, TerraformMetaArguments } from 'cdktf';

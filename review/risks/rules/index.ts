import { type RiskRule } from '../rule';
import { DATABASE_RULES } from './databases';
import { IAM_RULES } from './iam';
import { IMAGE_RULES } from './images';
import { KEY_RULES } from './keys';
import { MODEL_RULES } from './models';
import { NETWORK_RULES } from './networks';
import { PERIMETER_RULES } from './perimeters';
import { PUBLIC_RULES } from './public-exposure';
import { SCALE_RULES } from './scale';
import { SPLIT_RULES } from './splits';
import { TOOL_RULES } from './tools';

/** Every rule, in the order of its page in docs/risks. */
export const RULES: readonly RiskRule[] = [
  ...PERIMETER_RULES,
  ...SPLIT_RULES,
  ...SCALE_RULES,
  ...MODEL_RULES,
  ...DATABASE_RULES,
  ...KEY_RULES,
  ...IAM_RULES,
  ...PUBLIC_RULES,
  ...IMAGE_RULES,
  ...NETWORK_RULES,
  ...TOOL_RULES,
];

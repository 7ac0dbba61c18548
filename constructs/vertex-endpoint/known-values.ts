import { type Checks, Token } from '../core';

/**
 * Values that must be known while building: ids of endpoints and deployed models are made from them, and the split is checked before anything
 * is deployed. What only Terraform knows would enter an id as a placeholder that another order of constructs changes, and every such change
 * would replace what serves.
 */
export function checkKnown(check: Checks, name: string, value: unknown): void {
  if (Token.isUnresolved(value)) {
    check.add(`\`${name}\` must be known at synth, because ids are made from it, and here it is a value of Terraform's: write it out.`);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) checkKnown(check, `${name}.${key}`, inner);
  }
}

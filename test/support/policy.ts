import * as fc from 'fast-check';
import type { z } from 'zod';
import type { policy } from '../../configuration/schema/policy';

const suppression = fc.record(
  {
    rule: fc.stringMatching(/^[A-Z]{2,5}-\d{3}$/),
    path: fc.constantFrom(
      'prod-identity/Deploy/**',
      '*-foundation/Network/*',
      'a',
      '**/Resource',
      'dev-identity/Deploy/roles.run.admin on project x',
    ),
    reason: fc.stringMatching(/^[A-Za-z ,.]{20,80}$/).filter((text) => text.trim().length >= 20),
    owner: fc.constantFrom('ai-platform@acme.example', 'security@acme.example'),
    expires: fc.constantFrom('2026-12-31', '2028-02-29'),
  },
  { requiredKeys: ['rule', 'path', 'reason', 'owner'] },
);

/** The section `policy` of an environment file. Rule and path of two suppressions are never the same. */
export const policies: fc.Arbitrary<z.input<typeof policy>> = fc
  .uniqueArray(suppression, { maxLength: 3, selector: ({ rule, path }) => `${rule} ${path}` })
  .map((suppressions) => ({ suppressions: Object.fromEntries(suppressions.map((each, index) => [`because-${index}`, each])) }));

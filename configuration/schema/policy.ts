import { z } from 'zod';

/**
 * What somebody answers for. Which rules there are, and which of these are used and in force, is not known here: the policy says it where
 * the stacks are made.
 */
const suppression = z.strictObject({
  rule: z
    .string()
    .regex(/^[A-Z]{2,5}-\d{3}$/, 'the id of a rule, e.g. IAM-007')
    .describe('Id of the rule. `npm run policy -- rules` lists them.'),
  path: z
    .string()
    .min(1, 'the path of a construct')
    .max(300)
    // Of nothing but stars and slashes, it would be every construct of every stack.
    .regex(/[^*/\s]/, 'narrower than everything: name at least one part of the path, e.g. prod-identity/Deploy/**')
    .describe('Path of the construct, as the finding shows it. `*` stands for any text without a slash, `**` for any text.'),
  reason: z.string().min(20, 'a reason of at least 20 characters').max(500).describe('Why it may be so: at least 20 characters.'),
  owner: z
    .string()
    .regex(/^[^@\s]+@[^@\s]+\.[^@\s]+$/, 'an email address')
    .describe('Who answers for it.'),
  expires: z.iso.date('a date, e.g. "2026-11-21"').optional().describe('Last day on which it holds. Default: as long as it is needed.'),
});

const name = z.string().regex(/^[a-z][a-z0-9-]{0,62}$/, 'a name: up to 63 of a-z, 0-9 and dash, starting with a letter');

export const policy = z
  .strictObject({
    // A map, so that an environment adds to what they share.
    suppressions: z
      .record(name, suppression)
      .default({})
      .describe('Findings of the policy that somebody answers for, by a name of your own. One that is not needed any more is a finding.'),
  })
  .describe('The rules that every stack is held to: an error stops the production tier, elsewhere it is a warning.');

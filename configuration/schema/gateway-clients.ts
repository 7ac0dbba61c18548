import { z } from 'zod';
import { resourceName } from './values';

const groupName = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9._-]{0,62}[a-z0-9])?$/, 'the name of a group: at most 64 of a-z, 0-9, dot, dash and underscore');

/** What clients need beside a key: read by `stacks/gateway-clients.ts`. */
export const gatewayClients = {
  geminiCli: z
    .strictObject({
      pro: groupName.describe('Group that answers where it asks for a pro model.'),
      flash: groupName.describe('Group that answers where it asks for a flash model.'),
      flashLite: groupName.describe('Group for its helpers: the classifier, the summarizer.'),
      key: resourceName(50)
        .optional()
        .describe(
          'Key of gateway.keys that people use with it: the wrapper reads it from Secret Manager. Default: they set GATEWAY_API_KEY.',
        ),
    })
    .optional()
    .describe(
      'Serves Gemini CLI: every model name that it asks for becomes a hidden alias, unless a group or an alias has that name. Default: it is not served.',
    ),
};

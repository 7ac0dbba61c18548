import { z } from 'zod';
import { gatewayAccess } from './gateway-access';
import { gatewayClients } from './gateway-clients';
import { gatewayDatabase } from './gateway-database';
import { frontDoor } from './gateway-front-door';
import { gatewayModels } from './gateway-models';
import { gatewayService } from './gateway-service';
import { gatewaySettings } from './gateway-settings';

/** Each part has a file and an owner; here they only meet. */
export const gateway = z
  .strictObject({
    ...gatewayService,
    ...gatewayDatabase,
    ...gatewayModels,
    ...gatewaySettings,
    ...gatewayAccess,
    ...gatewayClients,
    frontDoor: frontDoor.optional(),
  })
  .describe('The gateway: LiteLLM on Cloud Run, reached through a front door.');

import { z } from 'zod';
import { gatewayService } from './gateway-service';

/** Each part has a file and an owner; here they only meet. */
export const gateway = z.strictObject({ ...gatewayService }).describe('The gateway: LiteLLM on Cloud Run, reached through a front door.');

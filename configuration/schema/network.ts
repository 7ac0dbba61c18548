import { z } from 'zod';
import { privateRange } from './values';

export const network = z
  .strictObject({
    subnet: privateRange(8, 26).describe('Primary range of the subnet. Cloud Run with direct VPC egress needs at least a /26.'),
    nat: z.boolean().default(false).describe('Cloud NAT, for calls to hosts outside Google (models of other vendors).'),
    privateServicesAccess: privateRange(16, 24)
      .optional()
      .describe('Range peered with Google producers (Cloud SQL, Memorystore). Default: no peering.'),
    proxySubnet: privateRange(16, 26)
      .optional()
      .describe('Range that internal load balancers call from, at least a /26, better a /23. Default: there are no such.'),
    flowLogs: z.boolean().default(false).describe('VPC flow logs of the subnet.'),
  })
  .describe('VPC with private access to Google APIs through the restricted VIP.');

import { z } from 'zod';

export const encryption = z
  .strictObject({
    rotationDays: z
      .number()
      .int()
      .min(1)
      .max(3650)
      .default(90)
      .describe('Days between automatic key rotations. CIS Google Cloud Benchmark 1.10 asks for at most 90.'),
    protectionLevel: z.enum(['software', 'hsm']).default('software').describe('Where the keys live: in software, or in hardware (hsm).'),
  })
  .describe('Customer-managed encryption keys (CMEK). Absent: Google-managed encryption.');

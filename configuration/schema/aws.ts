import { z } from 'zod';

export const awsAccountId = z.string().regex(/^\d{12}$/, 'an AWS account ID: 12 digits in quotes, e.g. "123456789012"');
export const awsRegion = z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'an AWS region, e.g. eu-central-1');

export const aws = z
  .strictObject({
    accountId: awsAccountId.describe('Account ID. Terraform refuses to work on any other account.'),
    region: awsRegion.describe('AWS region, e.g. eu-central-1.'),
    deployRole: z
      .string()
      .regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/, 'the ARN of a role: arn:aws:iam::ACCOUNT:role/NAME')
      .optional()
      .describe('Role of this account that Terraform assumes. Default: the caller as is.'),
  })
  .describe('AWS account of the image caches. Absent: no AWS provider.');

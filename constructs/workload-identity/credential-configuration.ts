import type { FederatedProvider } from './workload-identity-pool';

/** Where a program finds the token of its issuer, or how it proves who it is. */
export type CredentialSource =
  | { readonly kind: 'file'; readonly path: string }
  /** On EC2, ECS and Lambda: the client library signs a request to AWS. */
  | { readonly kind: 'aws' };

export interface CredentialConfigurationProps {
  /** Who takes the token. */
  readonly provider: FederatedProvider;
  /** Where the program finds its token. */
  readonly source: CredentialSource;
  /**
   * E-mail of a service account to become.
   * @default the caller stays itself, with its own grants
   */
  readonly impersonate?: string;
}

const AWS_METADATA = 'http://169.254.169.254/latest';

/**
 * What `GOOGLE_APPLICATION_CREDENTIALS` points at outside Google Cloud (AIP-4117). It holds no secret: it says where the program's own
 * token is, and where it is exchanged.
 */
export function credentialConfiguration({ provider, source, impersonate }: CredentialConfigurationProps): Record<string, unknown> {
  return {
    type: 'external_account',
    universe_domain: 'googleapis.com',
    audience: `//iam.googleapis.com/${provider.providerName}`,
    subject_token_type: source.kind === 'aws' ? 'urn:ietf:params:aws:token-type:aws4_request' : 'urn:ietf:params:oauth:token-type:jwt',
    token_url: 'https://sts.googleapis.com/v1/token',
    ...(impersonate === undefined
      ? {}
      : {
          service_account_impersonation_url: `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${impersonate}:generateAccessToken`,
        }),
    credential_source:
      source.kind === 'file'
        ? { file: source.path, format: { type: 'text' } }
        : {
            environment_id: 'aws1',
            region_url: `${AWS_METADATA}/meta-data/placement/availability-zone`,
            url: `${AWS_METADATA}/meta-data/iam/security-credentials`,
            regional_cred_verification_url: 'https://sts.{region}.amazonaws.com?Action=GetCallerIdentity&Version=2011-06-15',
            // Without it the library falls back to the metadata service of version 1, which hardened instances switch off.
            imdsv2_session_token_url: `${AWS_METADATA}/api/token`,
          },
  };
}

/** What the script that grants is asked for: the JSON text in the environment variable `VX_SPEC`. */
export interface GrantSpec {
  /** Whether the member shall have the role, or not have it. */
  readonly mode: 'grant' | 'revoke';
  /** Full name of the endpoint: `projects/P/locations/R/endpoints/ID`. */
  readonly endpoint: string;
  /** `roles/SERVICE.NAME`, or `projects/P/roles/ID`. */
  readonly role: string;
  /** As IAM writes it. */
  readonly member: string;
  /** Project whose quota the calls are charged to (header `X-Goog-User-Project`). @default - the project of the credentials */
  readonly billingProject?: string;
}

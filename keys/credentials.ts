/** Who the command or the job is to Google. Tokens stay in memory. */
export interface Credentials {
  /** For Google's APIs. */
  accessToken(): Promise<string>;
  /** For Cloud Run: who calls. @param audience URL of the service, or one that it accepts besides */
  idToken(audience: string): Promise<string>;
}

const ACCOUNT = 'computeMetadata/v1/instance/service-accounts/default';

/** The service account of the job, from the metadata server that every container on Cloud Run has. */
export class MetadataCredentials implements Credentials {
  /** @param host Google's libraries read it from GCE_METADATA_HOST, too. */
  constructor(private readonly host = process.env.GCE_METADATA_HOST ?? 'metadata.google.internal') {}

  async accessToken(): Promise<string> {
    const { access_token: token } = JSON.parse(await this.ask('token')) as { readonly access_token: string };
    return token;
  }

  idToken(audience: string): Promise<string> {
    return this.ask(`identity?audience=${encodeURIComponent(audience)}`);
  }

  private async ask(what: string): Promise<string> {
    const answer = await fetch(`http://${this.host}/${ACCOUNT}/${what}`, {
      headers: { 'metadata-flavor': 'Google' },
      signal: AbortSignal.timeout(10_000),
    });
    if (!answer.ok) throw new Error(`the metadata server answered ${answer.status} to a question for ${what.replace(/\?.*/, '')}`);
    return (await answer.text()).trim();
  }
}

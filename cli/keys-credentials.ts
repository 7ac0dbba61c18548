import { GoogleAuth } from 'google-auth-library';
import { type Credentials, KeysError } from '../keys';

/** Application Default Credentials: of the person or the pipeline that runs the command. */
export class ApplicationDefaultCredentials implements Credentials {
  private readonly auth = new GoogleAuth({ scopes: ['https://www.googleapis.com/auth/cloud-platform'] });

  async accessToken(): Promise<string> {
    try {
      const token = await this.auth.getAccessToken();
      if (token) return token;
    } catch (error) {
      throw new KeysError(`no credentials for Google: ${(error as Error).message}\nLog in with: gcloud auth application-default login`);
    }
    throw new KeysError('no credentials for Google. Log in with: gcloud auth application-default login');
  }

  async idToken(audience: string): Promise<string> {
    try {
      const client = await this.auth.getIdTokenClient(audience);
      return await client.idTokenProvider.fetchIdToken(audience);
    } catch (error) {
      throw new KeysError(
        `no ID token for ${audience}: ${(error as Error).message}\n` +
          'Cloud Run asks who calls, and only a service account can say so here. Log in as one that may call the gateway: ' +
          'gcloud auth application-default login --impersonate-service-account=ACCOUNT',
      );
    }
  }
}

import type { Credentials } from './credentials';
import { call, KeysError } from './http';

/** gcloud's own name for it; also for private and regional endpoints. */
const OVERRIDE = 'CLOUDSDK_API_ENDPOINT_OVERRIDES_SECRETMANAGER';
const GOOGLE = 'https://secretmanager.googleapis.com/';

/** Values in Secret Manager: what keys are read from, and the one place that they are written to. */
export class SecretManager {
  private readonly base: string;

  constructor(
    private readonly credentials: Credentials,
    base = process.env[OVERRIDE] ?? GOOGLE,
  ) {
    this.base = base.endsWith('/') ? base : `${base}/`;
  }

  /** Newest version's value; undefined while there is none. @param secret projects/P/secrets/S */
  async newest(secret: string): Promise<string | undefined> {
    try {
      const { payload } = (await this.ask('GET', `${secret}/versions/latest:access`)) as { readonly payload: { readonly data: string } };
      return Buffer.from(payload.data, 'base64').toString();
    } catch (error) {
      if (!(error instanceof KeysError)) throw error;
      if (error.status !== 404) throw error;
      // Both a secret without a version and no secret at all are not found.
      await this.mustExist(secret);
      return undefined;
    }
  }

  /** Adds a version, which is the newest from then on. */
  async add(secret: string, value: string): Promise<void> {
    await this.ask('POST', `${secret}:addVersion`, { payload: { data: Buffer.from(value).toString('base64') } });
  }

  private async mustExist(secret: string): Promise<void> {
    try {
      await this.ask('GET', secret);
    } catch (error) {
      if (!(error instanceof KeysError) || error.status !== 404) throw error;
      throw new KeysError(`there is no secret ${secret}: deploy the stack of the gateway first, it makes one for each key`, 404);
    }
  }

  private async ask(method: 'GET' | 'POST', path: string, body?: object): Promise<unknown> {
    const authorization = `Bearer ${await this.credentials.accessToken()}`;
    return call({ method, url: `${this.base}v1/${path}`, headers: { authorization }, body });
  }
}

import type { Credentials } from './credentials';
import { call, KeysError } from './http';

/** A key or a team as LiteLLM has it: what is not named here is left as it is. */
export interface RawItem {
  readonly [field: string]: unknown;
  readonly metadata?: Readonly<Record<string, unknown>> | null;
  readonly blocked?: boolean | null;
}

export interface RawKey extends RawItem {
  /** SHA-256 of its value. */
  readonly token: string;
  readonly key_alias?: string | null;
  readonly team_id?: string | null;
  readonly expires?: string | null;
}

export interface RawTeam extends RawItem {
  readonly team_id: string;
  readonly team_alias?: string | null;
}

interface Page {
  readonly keys: readonly RawKey[];
  readonly total_pages: number;
}

/** The most that LiteLLM gives out at once. */
const PAGE = 100;
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

export interface GatewayApiProps {
  /** Without a path. */
  readonly url: string;
  readonly masterKey: string;
  /** With them, requests carry an ID token for Cloud Run beside the key. Default: only the key. */
  readonly credentials?: Credentials;
  /** Audience of the ID token. Default: the URL. */
  readonly audience?: string;
}

/** LiteLLM's own API for keys and teams, as 1.106.2 has it. */
export class GatewayApi {
  private readonly url: string;

  constructor(private readonly props: GatewayApiProps) {
    const { protocol, hostname, origin } = new URL(props.url);
    if (protocol !== 'https:' && !LOOPBACK.has(hostname)) {
      throw new KeysError(`the master key would go over ${origin} for everybody to read. Use https; http only to this machine`);
    }
    this.url = origin;
  }

  async keys(): Promise<RawKey[]> {
    const found: RawKey[] = [];
    for (let page = 1, pages = 1; page <= pages; page++) {
      const query = `page=${page}&size=${PAGE}&return_full_object=true&include_team_keys=true&sort_by=created_at&sort_order=asc`;
      const answer = (await this.ask('GET', `/key/list?${query}`)) as Page;
      found.push(...answer.keys);
      pages = answer.total_pages;
    }
    return found;
  }

  async teams(): Promise<RawTeam[]> {
    return (await this.ask('GET', '/team/list')) as RawTeam[];
  }

  async makeKey(fields: object): Promise<void> {
    await this.ask('POST', '/key/generate', { ...fields, key_type: 'llm_api' });
  }

  async changeKey(token: string, fields: object): Promise<void> {
    await this.ask('POST', '/key/update', { ...fields, key: token });
  }

  async blockKey(token: string, blocked: boolean): Promise<void> {
    await this.ask('POST', blocked ? '/key/block' : '/key/unblock', { key: token });
  }

  async deleteKey(token: string): Promise<void> {
    await this.ask('POST', '/key/delete', { keys: [token] });
  }

  async makeTeam(id: string, fields: object): Promise<void> {
    await this.ask('POST', '/team/new', { ...fields, team_id: id, team_alias: id });
  }

  async changeTeam(id: string, fields: object): Promise<void> {
    await this.ask('POST', '/team/update', { ...fields, team_id: id });
  }

  async blockTeam(id: string, blocked: boolean): Promise<void> {
    await this.ask('POST', blocked ? '/team/block' : '/team/unblock', { team_id: id });
  }

  async deleteTeam(id: string): Promise<void> {
    await this.ask('POST', '/team/delete', { team_ids: [id] });
  }

  private async ask(method: 'GET' | 'POST', path: string, body?: object): Promise<unknown> {
    const { masterKey, credentials, audience = this.url } = this.props;
    const caller = credentials && { 'x-serverless-authorization': `Bearer ${await credentials.idToken(audience)}` };
    return call({ method, url: `${this.url}${path}`, headers: { authorization: `Bearer ${masterKey}`, ...caller }, body });
  }
}

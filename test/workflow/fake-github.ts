import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';

type Json = Record<string, unknown>;

export interface PullRequest {
  readonly number: number;
  readonly head: { sha: string; ref: string; repo: { full_name: string } | null };
  readonly base: { ref: string };
}

export interface Comment {
  readonly id: number;
  body: string;
  readonly html_url: string;
  readonly user: { readonly login: string };
}

export interface Issue extends Comment {
  readonly number: number;
  readonly title: string;
  readonly pull_request?: object;
  state: 'open' | 'closed';
}

export const BOT = 'github-actions[bot]';

const PAGE = 2;

/** GitHub's REST API as far as the scripts use it, on loopback; its pages are short, so that every list has several. */
export class FakeGitHub {
  readonly pulls: PullRequest[] = [];
  readonly comments = new Map<number, Comment[]>();
  readonly issues: Issue[] = [];
  readonly artifacts: Json[] = [];
  readonly runs = new Map<number, Json>();
  /** Tree of each commit. */
  readonly trees = new Map<string, string>();
  /** `METHOD path` of each request, without the query. */
  readonly requests: string[] = [];
  /** Answers of status 503 that come first. */
  failures = 0;
  /** Answers as GitHub does to a token that may not. */
  forbidden = false;

  private constructor(
    private readonly server: Server,
    readonly address: string,
  ) {}

  static async start(): Promise<FakeGitHub> {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const github = new FakeGitHub(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on('request', (request, response) => void github.answer(request, response));
    return github;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  /** A comment that is there already. */
  addComment(number: number, body: string, login = BOT): Comment {
    const list = this.comments.get(number) ?? [];
    const id = 1000 + [...this.comments.values()].flat().length;
    const comment = { id, body, html_url: `https://github.example/c/${id}`, user: { login } };
    this.comments.set(number, [...list, comment]);
    return comment;
  }

  addIssue(title: string, body: string, more: Partial<Issue> = {}): Issue {
    const number = 500 + this.issues.length;
    const html_url = `https://github.example/i/${number}`;
    const issue: Issue = { id: number, number, title, body, html_url, user: { login: BOT }, state: 'open', ...more };
    this.issues.push(issue);
    return issue;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.address);
    const method = request.method ?? 'GET';
    this.requests.push(`${method} ${url.pathname}`);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = chunks.length === 0 ? {} : (JSON.parse(Buffer.concat(chunks).toString()) as Json);
    const send = (status: number, json: unknown, headers: Record<string, string> = {}) =>
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(json));
    if (request.headers.authorization !== 'Bearer test-token') return void send(401, { message: 'Bad credentials' });
    if (this.forbidden) return void send(403, { message: 'Resource not accessible by integration' });
    if (this.failures-- > 0) return void send(503, { message: 'No server is available' });
    if (typeof body['body'] === 'string' && body['body'].length > 65_536) return void send(422, { message: 'body is too long' });
    const answer = this.route(method, url, body);
    if (answer === undefined) return void send(404, { message: 'Not Found' });
    if (!Array.isArray(answer)) return void send(method === 'POST' ? 201 : 200, answer);
    const page = Number(url.searchParams.get('page') ?? 1);
    const rest = answer.length > page * PAGE;
    url.searchParams.set('page', String(page + 1));
    send(200, answer.slice((page - 1) * PAGE, page * PAGE), rest ? { link: `<${url.href}>; rel="next"` } : {});
  }

  private route(method: string, { pathname, searchParams }: URL, body: Json): unknown {
    const [, path = ''] = /^\/repos\/acme\/vertex-gateway\/(.*)$/.exec(pathname) ?? [];
    const [, number] = /^issues\/(\d+)(?:\/comments)?$/.exec(path) ?? [];
    const [, comment] = /^issues\/comments\/(\d+)$/.exec(path) ?? [];
    if (method === 'GET' && path === 'pulls') return this.pulls;
    if (method === 'GET' && path === 'issues') return this.issues.filter(({ state }) => state === 'open');
    if (method === 'POST' && path === 'issues') return this.addIssue(String(body['title']), String(body['body']));
    if (method === 'PATCH' && number !== undefined) {
      const issue = this.issues.find((each) => each.number === Number(number));
      return issue && Object.assign(issue, body);
    }
    if (path.endsWith('/comments') && number !== undefined) {
      return method === 'POST' ? this.addComment(Number(number), String(body['body'])) : (this.comments.get(Number(number)) ?? []);
    }
    if (method === 'PATCH' && comment !== undefined) {
      const found = [...this.comments.values()].flat().find(({ id }) => id === Number(comment));
      return found && Object.assign(found, body);
    }
    if (path === 'actions/artifacts') {
      return { artifacts: this.artifacts.filter(({ name }) => name === searchParams.get('name')) };
    }
    const [, commit] = /^git\/commits\/([0-9a-f]+)$/.exec(path) ?? [];
    if (commit !== undefined) return this.trees.has(commit) ? { sha: commit, tree: { sha: this.trees.get(commit) } } : undefined;
    const [, run] = /^actions\/runs\/(\d+)$/.exec(path) ?? [];
    return run === undefined ? undefined : this.runs.get(Number(run));
  }
}

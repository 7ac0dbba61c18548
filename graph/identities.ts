import type { Draft } from './draft';
import type { Landscape, Main } from './landscape';
import { principalOf, type Principal } from './principals';
import { addressesIn, stringsIn, textOf } from './value';
import type { Stack } from '../policy/stack';

/** Where what runs says as whom it runs. */
const RUNS_AS = ['template.service_account', 'template.template.service_account', 'service_config.service_account_email'];

/** Who acts in a picture: a box of its own, or what runs with the account. */
export class Identities {
  /** By the address of the account. */
  private readonly runners = new Map<string, Main>();
  private readonly accounts = new Map<string, Main>();

  constructor(
    private readonly draft: Draft,
    private readonly landscape: Landscape,
  ) {
    for (const main of landscape.mains) if (main.type.kind === 'account') for (const email of main.names) this.accounts.set(email, main);
    const running = landscape.mains.filter(({ type }) => type.kind === 'service' || type.kind === 'job');
    // Jobs of a service run as it: it is drawn as the one who acts.
    for (const main of [...running.filter(({ type }) => type.kind === 'job'), ...running.filter(({ type }) => type.kind === 'service')])
      for (const email of this.emailsOf(main)) this.runners.set(email, main);
  }

  /** Accounts that are drawn as what runs with them. */
  get carried(): ReadonlySet<string> {
    return new Set([...this.runners.keys()].flatMap((email) => this.accounts.get(email)?.id ?? []));
  }

  /** Jobs that run as a service of their stack does, each with the service: they are a part of it. */
  get helpers(): ReadonlyMap<Main, Main> {
    const jobs = this.landscape.mains.filter(({ type }) => type.kind === 'job');
    return new Map(
      jobs.flatMap((job): [Main, Main][] => {
        const runner = this.emailsOf(job).flatMap((email) => this.runners.get(email) ?? [])[0];
        return runner?.type.kind === 'service' && runner.resource.stack === job.resource.stack ? [[job, runner]] : [];
      }),
    );
  }

  /** The box of an account, by its address. */
  ofAccount(email: string): string | undefined {
    return (this.runners.get(email) ?? this.accounts.get(email))?.id;
  }

  /** The box of a member of a policy; undefined for agents of Google. Who is not drawn yet gets a box outside of all stacks. */
  of(member: string, stack: Stack): string | undefined {
    const [created] = addressesIn(member).flatMap((address) => {
      const resource = stack.target(address);
      return (resource && this.landscape.mainOf(resource)) ?? [];
    });
    if (created?.type.kind === 'account') return this.ofAccount(created.names[0] ?? '') ?? created.id;
    const principal = principalOf(member.replace(/\$\{[^}]*\}/g, '…'));
    if (principal === undefined) return undefined;
    return (principal.email === undefined ? undefined : this.ofAccount(principal.email)) ?? this.outsider(principal);
  }

  outsider({ id, kind, what, title, lines, pool }: Principal): string {
    const box = `who:${id}`;
    if (this.draft.boxes.has(box)) return box;
    this.draft.add({ id: box, kind, what, title, lines, project: '', folded: [], keys: [] });
    const vouches = this.landscape.mains.find((main) => main.type.kind === 'pool' && main.names.includes(`workloadIdentityPools/${pool}`));
    if (vouches) this.draft.connect({ from: box, to: vouches.id, flow: 'identity', label: 'token', because: `member ${id}` });
    return box;
  }

  private emailsOf(main: Main): string[] {
    return RUNS_AS.flatMap((path) => {
      const email = textOf(main.resource, path);
      if (email !== undefined) return [email];
      // A reference to an account that is made in the same stack.
      const [first, ...rest] = path.split('.');
      const value = rest.reduce<unknown>((json, key) => step(json, key), step(main.resource.json, first!));
      return [...stringsIn(value)].flatMap((text) => this.landscape.mentioned(text, main.resource.stack).flatMap(({ names }) => names));
    });
  }
}

const step = (json: unknown, key: string): unknown => {
  const holder: unknown = Array.isArray(json) ? json[0] : json;
  return typeof holder === 'object' && holder !== null ? (holder as Record<string, unknown>)[key] : undefined;
};

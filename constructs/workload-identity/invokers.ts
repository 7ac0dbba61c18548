import { Construct } from 'constructs';
import { Annotations, Checks } from '../core';
import { type Access, grantAccess } from './access';
import type { Principal } from './principal';
import { Target } from './target';

export interface InvokersProps {
  /** Cloud Run service that is called. */
  readonly service: {
    /** Project of the service. */
    readonly projectId: string;
    /** Region. */
    readonly location: string;
    /** Of the service. */
    readonly name: string;
  };
  /** Who may call it, by a name for messages and plans. */
  readonly callers: Readonly<Record<string, Principal>>;
}

/** Who may call a service, in one place. */
export class Invokers extends Construct {
  constructor(scope: Construct, id: string, props: InvokersProps) {
    super(scope, id);
    const access: Access[] = [{ role: 'roles/run.invoker', on: Target.service(props.service) }];
    const check = new Checks(this);
    const members = new Map<string, string>();
    for (const [name, { member, problems }] of Object.entries(props.callers)) {
      for (const problem of problems) check.add(`${name}: ${problem}`);
      const same = members.get(member);
      if (same !== undefined) check.add(`${name} is ${same} once more: ${member}. Remove one of the two.`);
      members.set(member, name);
    }
    check.done();
    if (members.size === 0) Annotations.of(this).addWarning(`nobody may call ${props.service.name}.`);
    for (const [name, principal] of Object.entries(props.callers)) grantAccess(new Construct(this, name), principal, access);
  }
}

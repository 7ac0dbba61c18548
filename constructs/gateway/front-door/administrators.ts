import { IapWebBackendServiceIamMember } from '@cdktf/provider-google/lib/iap-web-backend-service-iam-member';
import { Construct } from 'constructs';
import { Checks } from '../../core';
import { serviceAgent } from '../../project';
import { type Principal, Target } from '../../workload-identity';
import type { ServedService } from './cloud-run-endpoints';
import type { ProtectedBackend } from './protected-backend';

export interface AdministratorsProps {
  readonly backend: ProtectedBackend;
  readonly projectId: string;
  /** Of the same project: Identity-Aware Proxy's own account has it in its name. */
  readonly projectNumber: string;
  readonly service: ServedService;
  /** Who may sign in, by a name for messages and plans. */
  readonly members: Readonly<Record<string, Principal>>;
}

/** Who passes Identity-Aware Proxy. Behind it, it is the proxy that calls the service. */
export class Administrators extends Construct {
  constructor(scope: Construct, id: string, { backend, projectId, projectNumber, service, members }: AdministratorsProps) {
    super(scope, id);
    const check = new Checks(this);
    check.notEmpty('members', Object.keys(members));
    for (const [name, { member, problems }] of Object.entries(members)) {
      for (const problem of problems) check.add(`${name}: ${problem}`);
      check.that(
        () => /^(user|group|serviceAccount|principal|principalSet):/.test(member),
        `${name}: ${member} is everybody. Name people or groups.`,
      );
    }
    check.done();
    for (const [name, { member }] of Object.entries(members)) {
      new IapWebBackendServiceIamMember(this, name, {
        webBackendService: backend.resource.name,
        role: 'roles/iap.httpsResourceAccessor',
        member,
      });
    }
    Target.service({ projectId, location: service.region, name: service.name }).make(this, 'Proxy', {
      role: 'roles/run.invoker',
      member: serviceAgent('iap.googleapis.com', projectNumber),
    });
  }
}

/** Entries of audit logs, in the documented format: https://cloud.google.com/vpc-service-controls/docs/audit-logging */

export interface ViolationEntry {
  readonly direction?: 'ingress' | 'egress';
  /** Default: true. */
  readonly dryRun?: boolean;
  readonly perimeter?: string;
  readonly principal?: string;
  readonly service?: string;
  readonly method?: string;
  readonly permissions?: readonly string[];
  /** `projects/N`, or `//compute.googleapis.com/projects/P/global/networks/N`. */
  readonly source?: string;
  /** Default: `projects/905148237260`. */
  readonly target?: string;
  readonly callerIp?: string;
  readonly reason?: string;
  readonly time?: string;
}

const UNIQUE_ID = 'Zk2Gq5mRUvq4eE0tW9vQ1H6yJcO3bX7nLsTfPdA8ihKgYwMu';

export function violationEntry(given: ViolationEntry = {}): Record<string, unknown> {
  const { direction = 'ingress', dryRun = true, service = 'storage.googleapis.com', method = 'google.storage.objects.get' } = given;
  const perimeter = `accessPolicies/884412097365/servicePerimeters/${given.perimeter ?? 'prod'}`;
  const target = given.target ?? 'projects/905148237260';
  const time = given.time ?? '2026-11-10T09:30:00.123456Z';
  const violation = {
    servicePerimeter: perimeter,
    targetResource: target,
    ...(given.permissions ? { targetResourcePermissions: given.permissions } : {}),
    ...(given.source === undefined ? {} : { source: given.source, sourceType: given.source.startsWith('//') ? 'Network' : 'Resource' }),
  };
  return {
    insertId: '1xk8z4pd3fq1',
    logName: 'projects/acme-ai-prod/logs/cloudaudit.googleapis.com%2Fpolicy',
    protoPayload: {
      '@type': 'type.googleapis.com/google.cloud.audit.AuditLog',
      authenticationInfo:
        'principal' in given && given.principal === undefined
          ? {}
          : { principalEmail: given.principal ?? 'etl@acme-data.iam.gserviceaccount.com' },
      metadata: {
        '@type': 'type.googleapis.com/google.cloud.audit.VpcServiceControlAuditMetadata',
        ...(dryRun ? { dryRun: true } : {}),
        deviceState: 'Unknown',
        [`${direction}Violations`]: [violation],
        resourceNames: ['projects/_/buckets/acme-exports'],
        securityPolicyInfo: { organizationId: '618033988749', servicePerimeterName: perimeter },
        violationReason: given.reason ?? (direction === 'ingress' ? 'NO_MATCHING_ACCESS_LEVEL' : 'RESOURCES_NOT_IN_SAME_SERVICE_PERIMETER'),
        vpcServiceControlsUniqueId: UNIQUE_ID,
      },
      methodName: method,
      requestMetadata: { callerIp: given.callerIp ?? '203.0.113.77', destinationAttributes: {}, requestAttributes: {} },
      resourceName: target,
      serviceName: service,
      status: {
        code: 7,
        details: [
          {
            '@type': 'type.googleapis.com/google.rpc.PreconditionFailure',
            violations: [{ description: UNIQUE_ID, type: 'VPC_SERVICE_CONTROLS' }],
          },
        ],
        message: `${dryRun ? '(Dry Run Mode) ' : ''}Request is prohibited by organization's policy. vpcServiceControlsUniqueIdentifier: ${UNIQUE_ID}`,
      },
    },
    receiveTimestamp: time,
    resource: { labels: { method, project_id: 'acme-ai-prod', service }, type: 'audited_resource' },
    severity: 'ERROR',
    timestamp: time,
  };
}

/** A call that no perimeter minds. */
export function callEntry(time: string, service = 'aiplatform.googleapis.com'): Record<string, unknown> {
  return {
    insertId: '9c0f2m',
    logName: 'projects/acme-ai-prod/logs/cloudaudit.googleapis.com%2Fdata_access',
    protoPayload: {
      '@type': 'type.googleapis.com/google.cloud.audit.AuditLog',
      authenticationInfo: { principalEmail: 'gateway@acme-ai-prod.iam.gserviceaccount.com' },
      methodName: 'google.cloud.aiplatform.v1.PredictionService.Predict',
      resourceName: 'projects/acme-ai-prod/locations/europe-west1/endpoints/1',
      serviceName: service,
    },
    resource: { labels: { project_id: 'acme-ai-prod' }, type: 'audited_resource' },
    severity: 'INFO',
    timestamp: time,
  };
}

/** Calls between two days, so many a day. */
export function calls(from: string, days: number, aDay: number): Record<string, unknown>[] {
  const start = Date.parse(`${from}T00:00:00Z`);
  return Array.from({ length: days * aDay + 1 }, (_, index) => callEntry(new Date(start + (index * 86_400_000) / aDay).toISOString()));
}

/** As a stream of bytes, in chunks that end anywhere. */
export async function* streamed(text: string | Uint8Array, chunk = 65_536): AsyncGenerator<Uint8Array> {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  for (let start = 0; start < bytes.length; start += chunk) yield bytes.subarray(start, start + chunk);
}

export const asLog = (entries: readonly unknown[]): string => `${JSON.stringify(entries, undefined, 2)}\n`;

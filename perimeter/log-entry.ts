import { z } from 'zod';
import { VIOLATION_TYPE } from '../constructs/service-perimeter/audit-log';

export type Direction = 'ingress' | 'egress' | 'accessible';

/** One rule that one request broke. */
export interface Violation {
  readonly direction: Direction;
  readonly pass: 'tried' | 'enforced';
  /** Short name of the perimeter; undefined where the log does not tell. */
  readonly perimeter?: string;
  /** As a member, `user:` or `serviceAccount:`; undefined: nobody in particular. */
  readonly principal?: string;
  readonly service: string;
  readonly method: string;
  readonly permissions: readonly string[];
  readonly reason: string;
  /** Number of a project, or a resource of another cloud. */
  readonly target: string;
  /** Number of the calling project. */
  readonly sourceProject?: string;
  /** `projects/P/global/networks/N`. */
  readonly sourceNetwork?: string;
  readonly callerIp?: string;
  /** RFC 3339, in UTC. */
  readonly time: string;
}

export type LogEntry =
  | { readonly kind: 'violations'; readonly time: string; readonly violations: readonly Violation[] }
  /** Any other audited call: a sign of use. */
  | { readonly kind: 'request'; readonly time: string }
  | { readonly kind: 'unreadable'; readonly why: string };

const text = z.string().min(1).max(2048);
const broken = z.looseObject({
  servicePerimeter: text.optional(),
  targetResource: text.optional(),
  targetResourcePermissions: z.array(text).max(1000).optional(),
  source: text.optional(),
});

const violationEntry = z.looseObject({
  timestamp: z.iso.datetime({ offset: true }),
  protoPayload: z.looseObject({
    serviceName: text,
    methodName: text,
    resourceName: text.optional(),
    authenticationInfo: z
      .looseObject({ principalEmail: z.string().max(2048).optional(), principalSubject: z.string().max(2048).optional() })
      .optional(),
    requestMetadata: z.looseObject({ callerIp: z.string().max(100).optional() }).optional(),
    metadata: z.looseObject({
      dryRun: z.union([z.boolean(), z.enum(['true', 'false'])]).optional(),
      violationReason: text.optional(),
      ingressViolations: z.array(broken).max(1000).optional(),
      egressViolations: z.array(broken).max(1000).optional(),
      securityPolicyInfo: z.looseObject({ servicePerimeterName: text.optional() }).optional(),
    }),
  }),
});
const auditEntry = z.looseObject({ timestamp: z.iso.datetime({ offset: true }), protoPayload: z.looseObject({ serviceName: text }) });
const ofViolations = z.looseObject({ protoPayload: z.looseObject({ metadata: z.looseObject({ '@type': z.literal(VIOLATION_TYPE) }) }) });

type Payload = z.output<typeof violationEntry>['protoPayload'];
type Broken = z.output<typeof broken>;

/** Reads one entry of an audit log. Never throws: anybody can cause an entry, and names in it are theirs. */
export function readEntry(value: unknown): LogEntry {
  if (!ofViolations.safeParse(value).success) {
    const request = auditEntry.safeParse(value);
    return request.success ? { kind: 'request', time: utc(request.data.timestamp) } : unreadable(request.error);
  }
  const parsed = violationEntry.safeParse(value);
  if (!parsed.success) return unreadable(parsed.error);
  const time = utc(parsed.data.timestamp);
  const violations = violationsOf(parsed.data.protoPayload, time);
  return violations.length > 0 ? { kind: 'violations', time, violations } : { kind: 'unreadable', why: 'a violation of nothing' };
}

function unreadable({ issues }: z.ZodError): LogEntry {
  const { path, message } = issues[0]!;
  return { kind: 'unreadable', why: `${path.map(String).join('.') || 'the entry'}: ${message}`.slice(0, 300) };
}

const utc = (time: string): string => new Date(time).toISOString();

function violationsOf(payload: Payload, time: string): Violation[] {
  const { serviceName: service, methodName: method, metadata, requestMetadata } = payload;
  const reason = metadata.violationReason ?? 'not given';
  const common = {
    pass: metadata.dryRun === true || metadata.dryRun === 'true' ? ('tried' as const) : ('enforced' as const),
    principal: member(payload),
    service,
    method,
    reason,
    callerIp: requestMetadata?.callerIp,
    time,
  };
  const violation = (direction: Direction, each: Broken): Violation => ({
    ...common,
    direction,
    perimeter: (each.servicePerimeter ?? metadata.securityPolicyInfo?.servicePerimeterName)?.split('/').at(-1),
    permissions: each.targetResourcePermissions ?? [],
    target: target(each.targetResource ?? payload.resourceName ?? ''),
    ...source(each.source),
  });
  // What a network may reach is checked before any direction.
  if (reason === 'SERVICE_NOT_ALLOWED_FROM_VPC') return [violation('accessible', {})];
  const { ingressViolations = [], egressViolations = [] } = metadata;
  const found = [
    ...ingressViolations.map((each) => violation('ingress', each)),
    ...egressViolations.map((each) => violation('egress', each)),
  ];
  if (found.length > 0) return found;
  // Some services give the reason only.
  if (metadata.violationReason === undefined) return [];
  return [violation(reason === 'NO_MATCHING_ACCESS_LEVEL' ? 'ingress' : 'egress', {})];
}

function member({ authenticationInfo }: Payload): string | undefined {
  const { principalEmail: email, principalSubject: subject } = authenticationInfo ?? {};
  if (subject !== undefined && /^principal(Set)?:\/\//.test(subject)) return subject;
  if (email === undefined || email === '') return undefined;
  return /\.gserviceaccount\.com$/.test(email) ? `serviceAccount:${email}` : `user:${email}`;
}

const target = (resource: string): string => /^projects\/([^/]+)/.exec(resource)?.[1] ?? resource;

function source(given: string | undefined): Pick<Violation, 'sourceProject' | 'sourceNetwork'> {
  const network = /^\/\/compute\.googleapis\.com\/(projects\/([^/]+)\/global\/networks\/[^/]+)$/.exec(given ?? '');
  if (network) return { sourceNetwork: network[1], sourceProject: /^\d+$/.test(network[2]!) ? network[2] : undefined };
  const project = /^(?:\/\/cloudresourcemanager\.googleapis\.com\/)?projects\/(\d+)/.exec(given ?? '');
  return { sourceProject: project?.[1] };
}

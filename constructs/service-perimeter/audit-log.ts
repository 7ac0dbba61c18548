/**
 * What VPC Service Controls writes into the audit logs of the project that owns what was asked for.
 * https://cloud.google.com/vpc-service-controls/docs/audit-logging
 */
export const VIOLATION_TYPE = 'type.googleapis.com/google.cloud.audit.VpcServiceControlAuditMetadata';

const VIOLATION = `log_id("cloudaudit.googleapis.com/policy") AND protoPayload.metadata."@type"="${VIOLATION_TYPE}"`;

/** What is tried would have denied it. */
export const DRY_RUN_VIOLATIONS = `${VIOLATION} AND protoPayload.metadata.dryRun="true"`;

/** It was denied. Such an entry has no field `dryRun`, so that `dryRun="false"` would match nothing, ever. */
export const DENIALS = `${VIOLATION} AND NOT protoPayload.metadata.dryRun="true"`;

/** Violations, and the calls beside them that show that the environment was in use. */
export const VIOLATIONS_AND_TRAFFIC =
  '(log_id("cloudaudit.googleapis.com/policy") OR log_id("cloudaudit.googleapis.com/activity") OR log_id("cloudaudit.googleapis.com/data_access"))';

/** Labels of the metrics: what tells one violation from another. */
export const EXTRACTED: Readonly<Record<string, string>> = {
  principal: 'EXTRACT(protoPayload.authenticationInfo.principalEmail)',
  service: 'EXTRACT(protoPayload.serviceName)',
  method: 'EXTRACT(protoPayload.methodName)',
  reason: 'EXTRACT(protoPayload.metadata.violationReason)',
};

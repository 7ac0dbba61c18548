import type { VertexAiEndpointPredictRequestResponseLoggingConfig } from '@cdktf/provider-google/lib/vertex-ai-endpoint';
import type { Checks } from '../core';

/** Where sampled requests and responses go. They hold what people have typed: choose the dataset's readers with care. */
export interface RequestLogging {
  /** Project of the dataset. */
  readonly project: string;
  /** Dataset, which exists, in the region of the endpoint or a multi-region around it. */
  readonly dataset: string;
  /** Table, which does **not** exist: Vertex AI creates it with the schema that it writes. */
  readonly table: string;
  /** Share of the requests, in per cent: above 0, at most 100. */
  readonly samplingPercent: number;
}

export function checkRequestLogging(check: Checks, logging: RequestLogging | undefined): void {
  if (!logging) return;
  check.matches('requestLogging.project', logging.project, /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/, 'a project ID');
  check.matches('requestLogging.dataset', logging.dataset, /^\w{1,1024}$/, 'a dataset id: letters, digits and underscores');
  check.matches('requestLogging.table', logging.table, /^\w{1,1024}$/, 'a table id: letters, digits and underscores');
  check.that(
    () => logging.samplingPercent > 0 && logging.samplingPercent <= 100,
    `\`requestLogging.samplingPercent\` must be above 0 and at most 100, got: ${logging.samplingPercent}.`,
    logging.samplingPercent,
  );
}

export function requestLoggingBlock(logging: RequestLogging | undefined): VertexAiEndpointPredictRequestResponseLoggingConfig | undefined {
  return (
    logging && {
      enabled: true,
      samplingRate: logging.samplingPercent / 100,
      bigqueryDestination: { outputUri: `bq://${logging.project}.${logging.dataset}.${logging.table}` },
    }
  );
}

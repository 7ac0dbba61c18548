import { BigqueryDataset } from '@cdktf/provider-google/lib/bigquery-dataset';
import { Construct } from 'constructs';
import type { Environment } from '../configuration';
import type { RequestLogging } from '../constructs/vertex-endpoint';
import { encryptionKeyName, requestDatasetId } from './names';
import { traitsOf } from './tier';

/** The dataset that endpoints log requests and responses to: a table an endpoint, which Vertex AI makes itself. */
export class RequestLog extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly environment: Environment,
  ) {
    super(scope, id);
    new BigqueryDataset(this, 'Dataset', {
      datasetId: requestDatasetId(environment),
      location: environment.region,
      description: 'Requests and responses of Vertex AI endpoints. They hold what people have typed.',
      defaultEncryptionConfiguration: environment.encryption && { kmsKeyName: encryptionKeyName(environment, 'requests') },
      // The tables are not Terraform's, so it would refuse to delete a dataset that has any.
      deleteContentsOnDestroy: !traitsOf(environment).protectsData,
    });
  }

  /** @param key of the endpoint */
  table(key: string, samplingPercent: number): RequestLogging {
    return {
      project: this.environment.project.id,
      dataset: requestDatasetId(this.environment),
      table: key.replaceAll('-', '_'),
      samplingPercent,
    };
  }
}

// @ts-check
'use strict';

/** Something a person has to act on; the message says what. */
class Failure extends Error {}

/** Refused before anything was changed. */
class Refusal extends Error {}

/** An answer of the API that is no success. */
class ApiError extends Error {
  /**
   * @param {string} message
   * @param {{status: number, passing: boolean, waitMs?: number}} facts HTTP status (0: no answer at all); whether the next answer may be
   *   another one; the least time to wait that the service asked for
   */
  constructor(message, { status, passing, waitMs }) {
    super(message);
    this.status = status;
    this.passing = passing;
    this.waitMs = waitMs;
  }
}

/** @param {unknown} error */
const messageOf = (error) => (error instanceof Error ? error.message : String(error));

/** What a person can do about an error of the API. @param {ApiError} error */
function advice({ status, message }) {
  if (/CustomModelServing|RESOURCE_EXHAUSTED|quota|code 8\)/i.test(message))
    return 'There are not enough machines: raise the quota, take another region or machine, or use rollout "recreate" (needs no machines for both).';
  if (status === 401) return 'The access token was rejected: renew GOOGLE_OAUTH_ACCESS_TOKEN or run gcloud auth login.';
  if (status === 403)
    return (
      'The deploying identity needs aiplatform.endpoints.{get,update,deploy,undeploy} (roles/aiplatform.user), ' +
      'and iam.serviceAccounts.actAs on the account that the models run as.'
    );
  if (status === 404) return 'Check that the endpoint exists and that the model is in the registry of the same region.';
  if (status === 0) return 'The API could not be reached: check the network, the proxy and GOOGLE_VERTEX_AI_CUSTOM_ENDPOINT.';
  return 'The message is the service’s own.';
}

module.exports = { Failure, Refusal, ApiError, messageOf, advice };

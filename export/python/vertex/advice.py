from __future__ import annotations

import re

from google_api.errors import ApiError


def advice(error: ApiError) -> str:
    """What a person can do about an error of the API."""
    if re.search(r'CustomModelServing|RESOURCE_EXHAUSTED|quota|code 8\)', error.message, re.IGNORECASE):
        return (
            'There are not enough machines: raise the quota, take another region or machine, or use rollout "recreate" '
            '(needs no machines for both).'
        )
    if error.status == 401:
        return 'The access token was rejected: renew GOOGLE_OAUTH_ACCESS_TOKEN or run gcloud auth login.'
    if error.status == 403:
        return (
            'The deploying identity needs aiplatform.endpoints.{get,update,deploy,undeploy} (roles/aiplatform.user), '
            'and iam.serviceAccounts.actAs on the account that the models run as.'
        )
    if error.status == 404:
        return 'Check that the endpoint exists and that the model is in the registry of the same region.'
    if error.status == 0:
        return 'The API could not be reached: check the network, the proxy and GOOGLE_VERTEX_AI_CUSTOM_ENDPOINT.'
    return 'The message is the service’s own.'

"""Prints, as JSON, which retries LiteLLM makes for each status of a provider, under the policy that is given as JSON on the command line."""

import json
import sys

from litellm.litellm_core_utils.exception_mapping_utils import exception_type
from litellm.llms.vertex_ai.common_utils import VertexAIError
from litellm.router_utils.get_retry_from_policy import get_num_retries_from_retry_policy

policy, providers, statuses = (json.loads(argument) for argument in sys.argv[1:])


def retries(provider, status):
    # Google's errors say their number in the body as well, and LiteLLM looks for it there.
    body = json.dumps({"error": {"code": status, "message": "refused", "status": "REFUSED"}}, indent=2)
    answer = VertexAIError(status_code=status, message=body, headers=None)
    try:
        exception_type(model="gemini-x", original_exception=answer, custom_llm_provider=provider)
    except Exception as error:
        return get_num_retries_from_retry_policy(exception=error, retry_policy=policy)


answers = {provider: {status: retries(provider, status) for status in statuses} for provider in providers}
print("\n" + json.dumps(answers))

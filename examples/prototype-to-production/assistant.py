import os
import sys

from google import genai
from google.auth.transport.requests import Request
from google.genai import types
from google.oauth2 import id_token

gateway = os.environ["GATEWAY_URL"]
# Cloud Run asks who calls, and LiteLLM for its key: two headers, so that neither takes the other's.
identity = {"X-Serverless-Authorization": f"Bearer {id_token.fetch_id_token(Request(), gateway)}"}
options = types.HttpOptions(base_url=gateway, api_version="v1beta", headers=identity)

client = genai.Client(vertexai=False, api_key=os.environ["GATEWAY_API_KEY"], http_options=options)
reply = client.models.generate_content(model="assistant", contents=sys.argv[1])
print(reply.text)

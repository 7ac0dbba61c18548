"""Everything that an application does with google-genai, against the gateway. Arguments: base URL, key. Prints what came back as JSON."""

import base64
import json
import sys

from google import genai
from google.genai import errors, types

BASE_URL, KEY, IMAGE = sys.argv[1:4]
MODEL = "assistant"


def open_client(key=KEY):
    # Its default, v1, is a route that the gateway does not have.
    return genai.Client(api_key=key, http_options=types.HttpOptions(base_url=BASE_URL, api_version="v1beta"))


def code_of(model, key=KEY):
    client = open_client(key)
    try:
        client.models.generate_content(model=model, contents="hi")
        return 200
    except errors.APIError as error:
        return error.code


def get_weather(city: str) -> dict:
    """Tells the weather."""
    return {"weather": f"rain in {city}"}


client = open_client()
models = client.models
tool = models.generate_content(
    model=MODEL, contents='call get_weather {"city": "Paris"}', config=types.GenerateContentConfig(tools=[get_weather])
)
image = types.Part.from_bytes(data=base64.b64decode(IMAGE), mime_type="image/png")
brief = types.GenerateContentConfig(system_instruction="be brief")
chunks = [chunk.text or "" for chunk in models.generate_content_stream(model=MODEL, contents="one two three")]

print(
    json.dumps(
        {
            "text": models.generate_content(model=MODEL, contents="hi").text,
            "stream": "".join(chunks),
            "chunks": len(chunks),
            "tool": tool.text,
            "image": models.generate_content(model=MODEL, contents=[image, "look"]).text,
            "system": models.generate_content(model=MODEL, contents="hi", config=brief).text,
            "tokens": models.count_tokens(model=MODEL, contents="hi").total_tokens,
            "stranger": code_of(MODEL, "sk-nobody"),
            "throttled": code_of("throttled"),
            "broken": code_of("broken"),
        }
    )
)

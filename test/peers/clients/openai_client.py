"""Everything that an application does with openai, against the gateway. Arguments: base URL, key. Prints what came back as JSON."""

import json
import sys

import openai

BASE_URL, KEY, IMAGE = sys.argv[1:4]
MODEL = "assistant"
TOOL = {
    "type": "function",
    "function": {
        "name": "get_weather",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
    },
}


def client(key=KEY):
    # Tries again by itself otherwise; what the gateway answers is what counts here.
    return openai.OpenAI(base_url=f"{BASE_URL}/v1", api_key=key, max_retries=0)


def ask(content, **more):
    messages = [*more.pop("before", []), {"role": "user", "content": content}]
    return client().chat.completions.create(model=MODEL, messages=messages, **more)


def status_of(model, key=KEY):
    try:
        client(key).chat.completions.create(model=model, messages=[{"role": "user", "content": "hi"}])
        return 200
    except openai.APIStatusError as error:
        return error.status_code


def text_of(completion):
    return completion.choices[0].message.content


def tool_round_trip():
    question = {"role": "user", "content": 'call get_weather {"city": "Paris"}'}
    first = client().chat.completions.create(model=MODEL, messages=[question], tools=[TOOL])
    [call] = first.choices[0].message.tool_calls
    city = json.loads(call.function.arguments)["city"]
    result = {"role": "tool", "tool_call_id": call.id, "content": json.dumps({"weather": f"rain in {city}"})}
    said = first.choices[0].message.model_dump(exclude_none=True)
    return text_of(client().chat.completions.create(model=MODEL, messages=[question, said, result], tools=[TOOL]))


stream = ask("one two three", stream=True, stream_options={"include_usage": True})
events = list(stream)
chunks = [event.choices[0].delta.content for event in events if event.choices and event.choices[0].delta.content]
picture = [
    {"type": "text", "text": "look"},
    {"type": "image_url", "image_url": {"url": f"data:image/png;base64,{IMAGE}"}},
]

print(
    json.dumps(
        {
            "text": text_of(ask("hi")),
            "stream": "".join(chunks),
            "chunks": len(chunks),
            "tokens": next(event.usage.total_tokens for event in reversed(events) if event.usage),
            "tool": tool_round_trip(),
            "image": text_of(ask(picture)),
            "system": text_of(ask("hi", before=[{"role": "system", "content": "be brief"}])),
            "stranger": status_of(MODEL, "sk-nobody"),
            "throttled": status_of("throttled"),
            "broken": status_of("broken"),
        }
    )
)

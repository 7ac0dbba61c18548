import os
import sys

from google import genai

client = genai.Client(vertexai=True, api_key=os.environ["GOOGLE_API_KEY"])
reply = client.models.generate_content(model="gemini-3.8-flash", contents=sys.argv[1])
print(reply.text)

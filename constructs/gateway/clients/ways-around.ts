/** A way to models that does not lead through the gateway: to be closed in the network that clients are in. */
export interface WayAround {
  readonly host: string;
  readonly reason: string;
}

export const WAYS_AROUND: readonly WayAround[] = [
  { host: 'generativelanguage.googleapis.com', reason: 'AI Studio: anybody with a key of their own, without a project of yours' },
  { host: 'cloudcode-pa.googleapis.com', reason: 'Gemini CLI and Code Assist with a Google login' },
  { host: 'cloudaicompanion.googleapis.com', reason: 'Gemini for Google Cloud, with a Google login' },
  { host: 'aiplatform.googleapis.com', reason: 'Vertex AI, global: with any Google identity that has a role there' },
  { host: '*-aiplatform.googleapis.com', reason: 'Vertex AI in a region' },
  { host: 'aiplatform.*.rep.googleapis.com', reason: 'Vertex AI, regional and multi-regional endpoints' },
  { host: '*.prediction.vertexai.goog', reason: 'dedicated endpoints of Vertex AI' },
  { host: 'api.openai.com', reason: 'another vendor: where an SDK goes that has lost its base URL' },
  { host: 'api.anthropic.com', reason: 'another vendor' },
];

/** What a client got, whichever it is. */
export interface ClientAnswers {
  readonly text?: string;
  readonly stream: string;
  /** In how many parts the stream came. */
  readonly chunks: number;
  readonly tokens?: number;
  /** After a tool was called and has answered. */
  readonly tool?: string;
  readonly image?: string;
  readonly system?: string;
  /** Status for a key that nobody has. */
  readonly stranger: number;
  /** Status when the model says 429. */
  readonly throttled: number;
  /** Status when the model says 500. */
  readonly broken: number;
}

/** The smallest PNG: one pixel. */
export const IMAGE = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const IMAGE_BYTES = Buffer.from(IMAGE, 'base64').length;

/** What every client has to get from the model. */
export const EXPECTED = {
  text: 'gemini-3.1-pro-preview heard "hi"',
  stream: 'gemini-3.1-pro-preview heard "one two three"',
  tool: expect.stringMatching(/^gemini-3\.1-pro-preview was told .*rain in Paris/) as unknown,
  image: `gemini-3.1-pro-preview with image/png of ${IMAGE_BYTES} bytes heard "look"`,
  system: 'gemini-3.1-pro-preview under "be brief" heard "hi"',
  stranger: 401,
  throttled: 429,
  broken: 500,
};

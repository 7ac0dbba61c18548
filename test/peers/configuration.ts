import {
  LiteLlmConfiguration,
  type LiteLlmConfigurationProps,
  type ModelDeployment,
  type ModelGroup,
  ModelSource,
  type Requests,
} from '../../constructs/gateway/config';

export const PROJECT = 'acme-ai-test';

const REQUESTS: Requests = {
  timeoutSeconds: 30,
  retries: {
    rateLimit: 0,
    timeout: 0,
    serverError: 0,
    unavailable: 0,
    other: 0,
    authentication: 0,
    notFound: 0,
    badRequest: 0,
    contentPolicy: 0,
  },
  retryAfterSeconds: 0,
  cooldownSeconds: 1,
  dropUnsupported: true,
};

/** A Gemini model on the global endpoint of Vertex AI. The stand-in has every model that it is asked for. */
export const gemini = (model: string, traffic = 100): ModelDeployment => ({
  source: ModelSource.gemini(model, { projectId: PROJECT, location: 'global' }),
  traffic,
});

/** A group with one Gemini model. */
export const group = (model: string, more: Partial<ModelGroup> = {}): ModelGroup => ({ deployments: [gemini(model)], ...more });

export interface TestedConfiguration extends Partial<Omit<LiteLlmConfigurationProps, 'requests' | 'usage'>> {
  readonly models: LiteLlmConfigurationProps['models'];
  readonly requests?: Partial<Requests>;
  readonly usage?: Partial<LiteLlmConfigurationProps['usage']>;
}

/** Nothing is tried again unless a test asks for it. */
export const propsOf = ({ requests, usage, ...props }: TestedConfiguration): LiteLlmConfigurationProps => ({
  masterKeySecret: 'master-key',
  requests: { ...REQUESTS, ...requests },
  usage: { callbacks: {}, recordPrompts: false, spendTagHeaders: [], spendEverySeconds: 1, ...usage },
  ...props,
});

/** config.yaml as the stack would write it. */
export const configurationOf = (configuration: TestedConfiguration): string => new LiteLlmConfiguration(propsOf(configuration)).yaml;

/** Body of a request on the OpenAI route. */
export const chat = (model: string, content = 'hi', more: object = {}): object => ({
  model,
  messages: [{ role: 'user', content }],
  ...more,
});

/** Body of a request on Gemini's own route. */
export const contents = (text = 'hi', more: object = {}): object => ({ contents: [{ role: 'user', parts: [{ text }] }], ...more });

/** What a chat completion says. */
export async function textOf(response: Response): Promise<string> {
  const { choices } = (await response.json()) as { readonly choices: readonly { readonly message: { readonly content: string } }[] };
  return choices[0]!.message.content;
}

/** A key for a model, in Secret Manager. */
export interface ModelKey {
  /** Environment variable that the gateway finds it in. */
  readonly variable: string;
  /** Whatever names the secret where the gateway is built: it comes back in `GatewayConfiguration.secrets`. */
  readonly secret: string;
}

/** How LiteLLM is told to reach a model: the keys of `litellm_params` that say so. */
export interface SourceParameters {
  readonly model: string;
  readonly vertex_project?: string;
  readonly vertex_location?: string;
  readonly api_base?: string;
  readonly api_key?: string;
}

interface Facts {
  readonly kind: 'gemini' | 'tuned-gemini' | 'vertex-endpoint' | 'partner' | 'ai-studio' | 'openai-compatible';
  readonly base: string;
  readonly place: string;
  readonly parameters: SourceParameters;
  readonly pricedAs?: string;
  readonly api?: string;
  readonly host?: string;
  readonly key?: ModelKey;
}

interface InProject {
  /** Project ID. */
  readonly projectId: string;
  /** Region, `us`, `eu` or `global`. */
  readonly location: string;
}

const VERTEX = 'aiplatform.googleapis.com';
const AI_STUDIO = 'generativelanguage.googleapis.com';

/** What LiteLLM sends to a server that asks for no key: its OpenAI client insists on one. */
export const NO_KEY = 'none';

/** Secret keys become names of variables: `team-a.openai` is read from MODEL_KEY_TEAM_A_OPENAI. */
const keyVariable = (secret: string): ModelKey => ({ variable: `MODEL_KEY_${secret.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`, secret });

/** Google's models that are asked in other ways than `generateContent`, which LiteLLM tells by these names. */
const OTHER_OPERATIONS = /embedding|^(imagen|veo)-/;

/** LiteLLM takes a model for Gemini if its name says so; any other it asks through an SDK of its own, over gRPC and past every proxy. */
const asGemini = (model: string): string => (model.includes('gemini') || OTHER_OPERATIONS.test(model) ? model : `gemini/${model}`);

/** A model and how LiteLLM reaches it. Each form was seen to work with the pinned version, or is the one of its documentation. */
export class ModelSource {
  /** A model that Google serves, on Vertex AI. The gateway's own identity calls it: no key. */
  static gemini(model: string, { projectId, location }: InProject): ModelSource {
    return new ModelSource({
      kind: 'gemini',
      base: model,
      place: location,
      parameters: { model: `vertex_ai/${asGemini(model)}`, vertex_project: projectId, vertex_location: location },
      pricedAs: `vertex_ai/${model}`,
      api: VERTEX,
    });
  }

  /** A tuned Gemini model. Its endpoint has the shared host of its location, always. */
  static tunedGemini(endpointId: string, baseModel: string, { projectId, location }: InProject): ModelSource {
    return new ModelSource({
      kind: 'tuned-gemini',
      base: baseModel,
      place: `${location}/${endpointId}`,
      parameters: { model: `vertex_ai/gemini/${endpointId}`, vertex_project: projectId, vertex_location: location },
      pricedAs: `vertex_ai/${baseModel}`,
      api: VERTEX,
    });
  }

  /**
   * An endpoint of Vertex AI whose containers answer on the OpenAI chat route, as vLLM does.
   * @param options.model what is on it, as the fallback of another model must be another one
   * @param options.host of its own (dedicated, or through Private Service Connect). Default: the shared host of its location.
   */
  static vertexEndpoint(
    endpointId: string,
    { projectId, location, model, host }: InProject & { readonly model: string; readonly host?: string },
  ): ModelSource {
    // The host alone is answered with 404: the path to the endpoint belongs to it, and LiteLLM appends /chat/completions.
    const path = `v1/projects/${projectId}/locations/${location}/endpoints/${endpointId}`;
    return new ModelSource({
      kind: 'vertex-endpoint',
      base: model,
      place: `${location}/${endpointId}`,
      parameters: {
        model: `vertex_ai/openai/${endpointId}`,
        vertex_project: projectId,
        vertex_location: location,
        api_base: `https://${host ?? `${location}-${VERTEX}`}/${path}`,
      },
      api: VERTEX,
      host,
    });
  }

  /** A model of another vendor that Vertex AI serves: claude-…, meta/llama-…, mistral-…. The gateway's own identity calls it. */
  static partner(model: string, { projectId, location }: InProject): ModelSource {
    return new ModelSource({
      kind: 'partner',
      base: model.replace(/@.*$/, ''),
      place: location,
      parameters: { model: `vertex_ai/${model}`, vertex_project: projectId, vertex_location: location },
      pricedAs: `vertex_ai/${model}`,
      api: VERTEX,
    });
  }

  /** Gemini through AI Studio, with an API key; it is governed by other terms than Vertex AI, and is in no location. */
  static aiStudio(model: string, secret: string): ModelSource {
    const key = keyVariable(secret);
    return new ModelSource({
      kind: 'ai-studio',
      base: model,
      place: 'ai-studio',
      parameters: { model: `gemini/${model}`, api_key: `os.environ/${key.variable}` },
      pricedAs: `gemini/${model}`,
      api: AI_STUDIO,
      key,
    });
  }

  /**
   * Whatever answers like OpenAI: Ollama, vLLM, LM Studio, another vendor.
   * @param url base URL, mostly ending in /v1
   * @param secret of its key. Default: it asks for none.
   */
  static openAiCompatible(model: string, url: string, secret?: string): ModelSource {
    const key = secret === undefined ? undefined : keyVariable(secret);
    const { host } = new URL(url);
    return new ModelSource({
      kind: 'openai-compatible',
      base: model,
      place: host,
      parameters: { model: `openai/${model}`, api_base: url, api_key: key ? `os.environ/${key.variable}` : NO_KEY },
      host,
      key,
    });
  }

  readonly kind: Facts['kind'];
  /** The model that answers in the end. A fallback to the same one helps against nothing. */
  readonly base: string;
  /** Where it is: a location, a host. With `base`, it tells the deployments of a group apart. */
  readonly place: string;
  readonly parameters: SourceParameters;
  /** Its name in LiteLLM's price list; undefined where nobody bills tokens. */
  readonly pricedAs?: string;
  /** Google API that is called. */
  readonly api?: string;
  /** Host that is no `googleapis.com`. */
  readonly host?: string;
  readonly key?: ModelKey;

  private constructor(facts: Facts) {
    this.kind = facts.kind;
    this.base = facts.base;
    this.place = facts.place;
    this.parameters = facts.parameters;
    this.pricedAs = facts.pricedAs;
    this.api = facts.api;
    this.host = facts.host;
    this.key = facts.key;
  }

  /** Takes safety settings, and has a line in the model catalogue. */
  get isGemini(): boolean {
    return this.kind === 'gemini' || this.kind === 'tuned-gemini' || this.kind === 'ai-studio';
  }
}

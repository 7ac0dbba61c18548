/** What the infrastructure must know of a LiteLLM configuration; how it is made is no concern of it. */
export interface GatewayConfiguration {
  /** The whole config.yaml. Holds no secret: those stand as os.environ/NAME. */
  readonly yaml: string;
  /** Environment variables that it reads with os.environ/NAME and that hold a secret: name → key in the environment file's `secrets`. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Further environment variables, plain. */
  readonly variables: Readonly<Record<string, string>>;
  /** Longest that one request may take with its retries and fallbacks, seconds. The service's timeout and the load balancer's must be longer. */
  readonly longestRequestSeconds: number;
  /** Size of each worker's database pool. */
  readonly connectionsPerWorker: number;
  /** Why limits must be shared between instances ("key `chat`: rpm 60"), each a phrase; empty: Redis is not needed. */
  readonly needsRedis: readonly string[];
  /** What it calls: Google APIs by name (aiplatform.googleapis.com), and hosts outside Google. */
  readonly calls: { readonly apis: readonly string[]; readonly hosts: readonly string[] };
}

/** An error as ECR answers it. */
export class EcrError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

type Json = Record<string, unknown>;

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-creating-rule.html */
const OPEN = ['public.ecr.aws', 'registry.k8s.io', 'quay.io'];
const WITH_SECRET = /^(registry-1\.docker\.io|ghcr\.io|registry\.gitlab\.com|cgr\.dev|[a-z0-9]+\.azurecr\.io)$/;
const PRIVATE = /^(\d{12})\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com$/;

/** What moto 5.2.1 has not: cache rules, creation templates, account settings, and policies of registries with today's actions. */
export class EcrOperations {
  readonly rules = new Map<string, Json>();
  readonly templates = new Map<string, Json>();
  readonly settings = new Map<string, string>();
  private policy: string | undefined;

  constructor(private readonly account: string) {}

  /** Undefined for an operation that is moto's. The request was checked against the model. */
  answer(operation: string, request: Json): Json | undefined {
    const now = Math.floor(Date.now() / 1000);
    const registryId = this.account;
    switch (operation) {
      case 'CreatePullThroughCacheRule':
        return this.createRule(request, { ...request, registryId, createdAt: now });
      case 'DescribePullThroughCacheRules':
        return { pullThroughCacheRules: this.find(this.rules, request['ecrRepositoryPrefixes'], 'PullThroughCacheRuleNotFoundException') };
      case 'UpdatePullThroughCacheRule':
        return this.updateRule(request, now);
      case 'DeletePullThroughCacheRule':
        return this.remove(this.rules, request['ecrRepositoryPrefix'], 'PullThroughCacheRuleNotFoundException');
      case 'CreateRepositoryCreationTemplate':
        return this.createTemplate(request, now);
      case 'DescribeRepositoryCreationTemplates':
        return { registryId, repositoryCreationTemplates: this.find(this.templates, request['prefixes'], 'TemplateNotFoundException') };
      case 'UpdateRepositoryCreationTemplate':
        return this.updateTemplate(request, now);
      case 'DeleteRepositoryCreationTemplate':
        return { registryId, repositoryCreationTemplate: this.remove(this.templates, request['prefix'], 'TemplateNotFoundException') };
      case 'PutAccountSetting':
        this.settings.set(String(request['name']), String(request['value']));
        return request;
      case 'GetAccountSetting':
        return { name: request['name'], value: this.settings.get(String(request['name'])) ?? 'V1' };
      case 'PutRegistryPolicy':
        this.policy = String(request['policyText']);
        return { registryId, policyText: this.policy };
      case 'GetRegistryPolicy':
        return { registryId, policyText: this.existingPolicy() };
      case 'DeleteRegistryPolicy': {
        const policyText = this.existingPolicy();
        this.policy = undefined;
        return { registryId, policyText };
      }
      default:
        return undefined;
    }
  }

  /** Nothing is left. Settings have no delete. */
  get isEmpty(): boolean {
    return this.rules.size === 0 && this.templates.size === 0 && this.policy === undefined;
  }

  private createRule(request: Json, rule: Json): Json {
    const prefix = String(request['ecrRepositoryPrefix']);
    const url = String(request['upstreamRegistryUrl']);
    if (this.rules.has(prefix)) throw new EcrError('PullThroughCacheRuleAlreadyExistsException', `The prefix ${prefix} is taken`);
    const [, upstreamAccount] = PRIVATE.exec(url) ?? [];
    if (!OPEN.includes(url) && !WITH_SECRET.test(url) && upstreamAccount === undefined) {
      throw new EcrError('UnsupportedUpstreamRegistryException', `The upstream registry ${url} is not supported`);
    }
    if (WITH_SECRET.test(url) && request['credentialArn'] === undefined) {
      throw new EcrError('UnsupportedUpstreamRegistryException', 'The upstream registry requires authentication');
    }
    if (upstreamAccount !== undefined && upstreamAccount !== this.account) this.checkRole(request['customRoleArn']);
    this.rules.set(prefix, rule);
    return rule;
  }

  /** pulumi/pulumi-aws#5714: what the provider sends when credentials are taken away. */
  private updateRule(request: Json, updatedAt: number): Json {
    const prefix = String(request['ecrRepositoryPrefix']);
    const [rule] = this.find(this.rules, [prefix], 'PullThroughCacheRuleNotFoundException');
    if (request['credentialArn'] === undefined && request['customRoleArn'] === undefined) {
      throw new EcrError('InvalidParameterException', 'Please set either credential arn or role arn');
    }
    const changed = { ...rule, ...request, updatedAt };
    this.rules.set(prefix, changed);
    return changed;
  }

  private createTemplate(request: Json, createdAt: number): Json {
    const prefix = String(request['prefix']);
    if (this.templates.has(prefix)) throw new EcrError('TemplateAlreadyExistsException', `The prefix ${prefix} is taken`);
    return this.putTemplate(prefix, { ...request, createdAt, updatedAt: createdAt });
  }

  private updateTemplate(request: Json, updatedAt: number): Json {
    const prefix = String(request['prefix']);
    const [template] = this.find(this.templates, [prefix], 'TemplateNotFoundException');
    return this.putTemplate(prefix, { ...template, ...request, updatedAt });
  }

  /** https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates-create.html */
  private putTemplate(prefix: string, template: Json): Json {
    const tags = (template['resourceTags'] ?? []) as unknown[];
    const encryption = (template['encryptionConfiguration'] ?? {}) as Json;
    if (tags.length > 0 || String(encryption['encryptionType']).startsWith('KMS')) this.checkRole(template['customRoleArn']);
    const encryptionConfiguration = { encryptionType: 'AES256', ...encryption };
    this.templates.set(prefix, { imageTagMutability: 'MUTABLE', ...template, encryptionConfiguration });
    return { registryId: this.account, repositoryCreationTemplate: this.templates.get(prefix) };
  }

  private checkRole(arn: unknown): void {
    if (typeof arn !== 'string' || !arn.startsWith(`arn:aws:iam::${this.account}:role/`)) {
      throw new EcrError('InvalidParameterException', `A role of the account ${this.account} is required, got ${String(arn)}`);
    }
  }

  private find(all: ReadonlyMap<string, Json>, prefixes: unknown, code: string): Json[] {
    if (!Array.isArray(prefixes)) return [...all.values()];
    return prefixes.map((prefix: string) => {
      const found = all.get(prefix);
      if (found === undefined) throw new EcrError(code, `${prefix} was not found`);
      return found;
    });
  }

  private remove(all: Map<string, Json>, prefix: unknown, code: string): Json {
    const [found] = this.find(all, [prefix], code);
    all.delete(String(prefix));
    return found!;
  }

  private existingPolicy(): string {
    if (this.policy === undefined) throw new EcrError('RegistryPolicyNotFoundException', 'The registry has no policy');
    return this.policy;
  }
}

import { notFound } from './service-error';

/** google.rpc.Code numbers of operations that end badly. */
export interface OperationError {
  readonly code: number;
  readonly message: string;
}

/** An operation as the API writes it. */
export interface OperationView {
  readonly name: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly done?: boolean;
  readonly error?: OperationError;
  readonly response?: Readonly<Record<string, unknown>>;
}

export interface OperationStart {
  readonly endpoint: string;
  readonly kind: 'DeployModel' | 'UndeployModel' | 'MutateDeployedModel';
  /** Virtual seconds until it ends. */
  readonly seconds: number;
  /** It will end with this error, and `onFailure` instead of `onSuccess`. */
  readonly failure?: OperationError;
  readonly onSuccess: () => Readonly<Record<string, unknown>>;
  readonly onFailure: () => void;
}

interface Operation extends OperationStart {
  readonly name: string;
  readonly startedAt: number;
  outcome?: { readonly error?: OperationError; readonly response?: Readonly<Record<string, unknown>> };
}

/** Stages of a deploy (google.cloud.aiplatform.v1 DeployModelOperationMetadata), in their order. */
const STAGES = [
  'STARTING_DEPLOYMENT',
  'PREPARING_MODEL',
  'CREATING_SERVING_CLUSTER',
  'ADDING_NODES_TO_CLUSTER',
  'GETTING_CONTAINER_IMAGE',
  'STARTING_MODEL_SERVER',
  'FINISHING_UP',
];

const TYPE = 'type.googleapis.com/google.cloud.aiplatform.v1.';

/** Long operations under a virtual clock: time passes only when somebody calls. */
export class Operations {
  private readonly all = new Map<string, Operation>();
  private now = 0;

  constructor(private readonly nextNumber: () => number) {}

  /** Lets time pass, and ends what is due. */
  advance(seconds: number): void {
    this.now += seconds;
    const due = [...this.all.values()].filter((operation) => !operation.outcome && operation.startedAt + operation.seconds <= this.now);
    due.sort((a, b) => a.startedAt + a.seconds - b.startedAt - b.seconds);
    for (const operation of due) this.end(operation);
  }

  start(start: OperationStart): OperationView {
    const name = `${start.endpoint}/operations/${4_000_000_000_000_000_000n + BigInt(this.nextNumber())}`;
    const operation: Operation = { ...start, name, startedAt: this.now };
    this.all.set(name, operation);
    return this.view(operation);
  }

  /** How many there ever were. */
  count(): number {
    return this.all.size;
  }

  get(name: string): OperationView {
    const operation = this.all.get(name);
    if (!operation) throw notFound(`Operation ${name} is not found.`);
    return this.view(operation);
  }

  list(endpoint: string): OperationView[] {
    return [...this.all.values()].filter((operation) => operation.endpoint === endpoint).map((operation) => this.view(operation));
  }

  running(endpoint: string): OperationView[] {
    return this.list(endpoint).filter((view) => !view.done);
  }

  private end(operation: Operation): void {
    if (operation.failure) {
      operation.onFailure();
      operation.outcome = { error: operation.failure };
    } else {
      operation.outcome = { response: { '@type': `${TYPE}${operation.kind}Response`, ...operation.onSuccess() } };
    }
  }

  private view({ name, kind, outcome, startedAt, seconds }: Operation): OperationView {
    const passed = Math.min(0.999, (this.now - startedAt) / Math.max(seconds, 1));
    const stage = outcome ? (outcome.error ? 'FAILED_TO_DEPLOY' : 'SUCCESSFULLY_DEPLOYED') : STAGES[Math.floor(passed * STAGES.length)];
    const metadata = {
      '@type': `${TYPE}${kind}OperationMetadata`,
      genericMetadata: {},
      ...(kind === 'DeployModel' ? { deploymentStage: stage } : {}),
    };
    return { name, metadata, ...(outcome ? { done: true, ...outcome } : {}) };
  }
}

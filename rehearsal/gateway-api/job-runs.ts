import type { Json, Store, StoredObject } from '../store';
import { invalid, notFound, ServiceError } from '../api/service-error';

/** An execution as the API writes it (run.googleapis.com v2). */
export interface Execution {
  readonly name: string;
  readonly job: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly createTime: string;
  readonly completionTime?: string;
  readonly taskCount: number;
  readonly succeededCount?: number;
  readonly failedCount?: number;
  readonly runningCount?: number;
  readonly logUri: string;
  readonly conditions: readonly { readonly type: string; readonly state: string; readonly message?: string }[];
  /** Of the template that was run. */
  readonly template: { readonly containers: readonly { readonly image: string }[] };
}

/** Why an execution is going to fail; undefined: it is not. */
export type Verdict = (job: StoredObject) => string | undefined;

const JOB = 'google_cloud_run_v2_job';
/** No resource type of the provider: what the service knows of an execution and the provider's schema does not. */
const EXECUTION = 'cloud_run_execution';

/** What the store keeps of an execution. */
interface Run {
  readonly view: Execution;
  readonly endsAt: number;
  readonly failure?: string;
}

/** The executions of the store's jobs, under a virtual clock: time passes only when somebody calls. */
export class JobRuns {
  private now = 0;

  constructor(
    private readonly store: Store,
    private readonly seconds: number,
    private readonly verdict: Verdict,
  ) {}

  /** Lets time pass, and ends what is due. */
  advance(seconds: number): void {
    this.now += seconds;
    for (const object of this.store.list({ provider: 'google', type: EXECUTION })) {
      const run = runOf(object);
      if (!run.view.completionTime && run.endsAt <= this.now) this.keep(object, { ...run, view: ended(run) });
    }
  }

  job(name: string): object {
    const { attributes } = this.demandJob(name);
    return { name, labels: attributes.labels ?? {}, generation: '1', reconciling: false };
  }

  /** Newest first, as the service sorts. */
  list(job: string): Execution[] {
    return this.store
      .list({ provider: 'google', type: EXECUTION })
      .map((object) => runOf(object).view)
      .filter((view) => view.job === job)
      .reverse();
  }

  get(name: string): Execution {
    const object = this.store.get({ provider: 'google', type: EXECUTION, id: name });
    if (!object) throw notFound(`Resource '${name.split('/').pop()}' of kind 'EXECUTION' does not exist.`);
    return runOf(object).view;
  }

  /** @param failure how it ends, other than by its own verdict */
  start(name: string, body: Readonly<Record<string, unknown>>, failure: string | undefined): object {
    const unknown = Object.keys(body).filter((field) => !['etag', 'validateOnly', 'overrides'].includes(field));
    if (unknown.length > 0) throw invalid(`Invalid JSON payload received. Unknown name "${unknown[0]}": Cannot find field.`);
    const job = this.demandJob(name);
    const template = first(job.attributes.template);
    const task = first(template.template);
    const number = this.store.next('cloud run execution');
    const short = `${name.split('/').pop()}-${String(number).padStart(5, '0')}`;
    const view: Execution = {
      name: `${name}/executions/${short}`,
      job: name,
      labels: (template.labels ?? {}) as Record<string, string>,
      createTime: new Date().toISOString(),
      taskCount: 1,
      runningCount: 1,
      logUri: `https://console.cloud.google.com/logs/viewer?advancedFilter=execution_name%3D${short}`,
      conditions: [{ type: 'Completed', state: 'CONDITION_RECONCILING' }],
      template: { containers: (task.containers as readonly { image: string }[]).map(({ image }) => ({ image })) },
    };
    const why = failure ?? this.verdict(job);
    const object = { provider: 'google', type: EXECUTION, id: view.name, created: view.createTime, parent: { type: JOB, id: name } };
    this.keep({ ...object, attributes: {} }, { view, endsAt: this.now + this.seconds, failure: why });
    return { name: `${name.split('/').slice(0, 4).join('/')}/operations/${number}`, metadata: view };
  }

  private demandJob(name: string): StoredObject {
    const job = this.store.get({ provider: 'google', type: JOB, id: name });
    if (!job) throw new ServiceError('NOT_FOUND', `Resource '${name.split('/').pop()}' of kind 'JOB' does not exist.`);
    return job;
  }

  private keep(object: StoredObject, run: Run): void {
    this.store.put({ ...object, attributes: JSON.parse(JSON.stringify(run)) as Record<string, Json> });
  }
}

const runOf = ({ attributes }: StoredObject): Run => attributes as unknown as Run;

function ended({ view, failure }: Run): Execution {
  const { runningCount: _, ...rest } = view;
  const completionTime = new Date().toISOString();
  if (failure === undefined)
    return { ...rest, completionTime, succeededCount: 1, conditions: [{ type: 'Completed', state: 'CONDITION_SUCCEEDED' }] };
  return { ...rest, completionTime, failedCount: 1, conditions: [{ type: 'Completed', state: 'CONDITION_FAILED', message: failure }] };
}

/** The only element of a block. */
function first(block: Json | undefined): Readonly<Record<string, Json>> {
  return ((Array.isArray(block) ? block[0] : block) ?? {}) as Readonly<Record<string, Json>>;
}

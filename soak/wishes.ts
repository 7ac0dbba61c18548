import { type DeployedModel, deployedModelId, deployedModelName, type ReconcileSpec } from '../constructs/vertex-endpoint/reconciler/spec';
import type { Random } from './random';

/** What somebody wants an endpoint to serve, in the words of an environment file. */
export interface Wish {
  readonly endpoint: string;
  readonly models: Readonly<Record<string, ModelWish>>;
  readonly rollout: ReconcileSpec['rollout'];
  readonly allowOutage: boolean;
}

interface ModelWish {
  readonly version: number;
  readonly machineType: string;
  readonly min: number;
  readonly max: number;
  readonly target: number;
  readonly traffic: number;
}

const MACHINES: Readonly<Record<string, number>> = { 'g2-standard-12': 1, 'g2-standard-24': 2, 'g2-standard-48': 4 };
const KEYS = ['flash', 'pro', 'code', 'embed'];

export const acceleratorsOf = (machineType: string): number => MACHINES[machineType] ?? 1;

export function endpointName(number: number): string {
  return `projects/acme/locations/europe-west4/endpoints/${number}`;
}

export function firstWish(random: Random): Wish {
  const keys = KEYS.slice(0, random.between(1, 3));
  const models = Object.fromEntries(keys.map((key) => [key, newModel(random)]));
  return { endpoint: endpointName(random.between(1, 999)), rollout: 'surge', allowOutage: false, models: withSplit(models, random) };
}

/** One change as people make them, and what it is called. */
export function change(wish: Wish, random: Random): [name: string, wish: Wish] {
  const keys = Object.keys(wish.models);
  const key = random.pick(keys);
  const model = wish.models[key] as ModelWish;
  const rollout = random.chance(0.35) ? 'recreate' : 'surge';
  const next = { ...wish, rollout, allowOutage: rollout === 'recreate' && random.chance(0.4) } as const;
  const withModel = (changed: Partial<ModelWish>): Wish => ({ ...next, models: { ...wish.models, [key]: { ...model, ...changed } } });
  const changes: Record<string, () => Wish> = {
    split: () => ({ ...next, models: withSplit(wish.models, random) }),
    'new version': () => withModel({ version: random.between(1, 4) }),
    scale: () => withModel(scale(random)),
    machine: () => withModel({ machineType: random.pick(Object.keys(MACHINES)) }),
    'everything new': () => ({ ...next, models: withSplit(Object.fromEntries(keys.map((each) => [each, newModel(random)])), random) }),
    'add model': () => {
      const free = KEYS.filter((each) => !keys.includes(each));
      return free.length > 0 ? { ...next, models: withSplit({ ...wish.models, [random.pick(free)]: newModel(random) }, random) } : next;
    },
    'remove model': () => {
      const rest = Object.entries(wish.models).filter(([each]) => each !== key);
      return rest.length > 0 ? { ...next, models: withSplit(Object.fromEntries(rest), random) } : next;
    },
    'endpoint replaced': () => ({ ...next, endpoint: endpointName(random.between(1000, 999_999)) }),
  };
  const name = random.pick(Object.keys(changes));
  return [name, (changes[name] as () => Wish)()];
}

export function specOf(wish: Wish): ReconcileSpec {
  const named = Object.entries(wish.models).map(([key, model]) => [deployedModel(wish.endpoint, key, model), model.traffic] as const);
  return {
    mode: 'reconcile',
    endpoint: wish.endpoint,
    models: named.map(([model]) => model),
    traffic: Object.fromEntries(named.map(([model, traffic]) => [model.id, traffic])),
    rollout: wish.rollout,
    allowOutage: wish.allowOutage,
  };
}

function deployedModel(endpoint: string, key: string, { version, machineType, min, max, target }: ModelWish): DeployedModel {
  const model = endpoint.replace(/endpoints\/.*$/, `models/${key}@${version}`);
  const machineSpec = { machineType, acceleratorType: 'NVIDIA_L4', acceleratorCount: acceleratorsOf(machineType) };
  const id = deployedModelId(key, { model, machineSpec });
  const autoscalingMetricSpecs = [{ metricName: 'aiplatform.googleapis.com/prediction/online/accelerator/duty_cycle', target }];
  return {
    id,
    displayName: deployedModelName(key, id),
    model,
    dedicatedResources: { machineSpec, minReplicaCount: min, maxReplicaCount: max, requiredReplicaCount: 1, autoscalingMetricSpecs },
  };
}

function newModel(random: Random): ModelWish {
  return { version: random.between(1, 4), machineType: random.pick(Object.keys(MACHINES)), ...scale(random), traffic: 0 };
}

function scale(random: Random): Pick<ModelWish, 'min' | 'max' | 'target'> {
  const min = random.between(1, 3);
  return { min, max: min + random.between(0, 3), target: random.pick([50, 60, 80]) };
}

/** Whole per cent that sum to 100; now and then a model gets nothing. */
function withSplit(models: Wish['models'], random: Random): Wish['models'] {
  const keys = Object.keys(models);
  const weights = keys.map((_, index) => (index > 0 && random.chance(0.15) ? 0 : random.between(1, 20)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const shares = weights.map((weight) => Math.floor((weight * 100) / total));
  const richest = shares.indexOf(Math.max(...shares));
  shares[richest] = (shares[richest] ?? 0) + 100 - shares.reduce((sum, share) => sum + share, 0);
  return Object.fromEntries(keys.map((key, index) => [key, { ...(models[key] as ModelWish), traffic: shares[index] ?? 0 }]));
}

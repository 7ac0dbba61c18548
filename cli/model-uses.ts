import type { Environment } from '../configuration';
import { assessModel, type ModelFact, type ModelFinding } from '../constructs/model-catalog';

/** A model that an environment uses. */
export interface ModelUse {
  readonly environment: string;
  /** Id of a managed model; name of a model of the registry or of Model Garden. */
  readonly model: string;
  readonly kind: 'managed' | 'endpoint' | 'model garden';
  readonly location: string;
  /** Of managed models that the catalogue knows. */
  readonly stage?: ModelFact['stage'];
  /** In words: the day of its retirement, what is promised, or that nothing is known. */
  readonly until: string;
  /** Day of what is known. */
  readonly asOf?: string;
  readonly source?: string;
  readonly findings: readonly ModelFinding[];
}

/** Every model of an environment: those that Google serves first, because they alone can go away. */
export function modelUses({ name: environment, region, managedModels, endpoints, modelGarden }: Environment, today: string): ModelUse[] {
  const managed = Object.entries(managedModels).map(([id, { location }]): ModelUse => {
    const { fact, findings } = assessModel(id, { today, location });
    const known = fact && { stage: fact.stage, asOf: fact.asOf, source: fact.source };
    return { environment, model: id, kind: 'managed', location, ...known, until: untilOf(fact), findings };
  });
  const own = { environment, location: region, findings: [] };
  const deployed = Object.entries(endpoints).flatMap(([endpoint, { models }]) =>
    Object.values(models).map(({ model, traffic }): ModelUse => ({
      ...own,
      model,
      kind: 'endpoint',
      until: `yours, on ${endpoint} with ${traffic} %`,
    })),
  );
  const garden = Object.values(modelGarden).map(({ model }): ModelUse => ({ ...own, model, kind: 'model garden', until: 'open weights' }));
  return [...managed, ...deployed, ...garden];
}

function untilOf(fact: ModelFact | undefined): string {
  if (!fact) return 'not known';
  if (fact.retiresOn !== undefined) return fact.retiresOn;
  return fact.staysUntil === undefined ? 'not announced' : `${fact.staysUntil} or later`;
}

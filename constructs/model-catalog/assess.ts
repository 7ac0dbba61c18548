import { FACTS, type ModelFact } from './facts';

/** Days before a retirement in which using the model is warned of: Google closes a model to new users one month before. */
export const RETIRING_DAYS = 60;
/** Facts older than this are said to be old. */
export const STALE_DAYS = 90;

export type FindingCode = 'retired' | 'wrong-location' | 'retiring' | 'preview' | 'experimental' | 'unknown' | 'stale';

export interface ModelFinding {
  /** `error`: it does not work; `warning`: it will not, or may not; `note`: what is known is old. */
  readonly level: 'error' | 'warning' | 'note';
  /** What is the matter, for programs. */
  readonly code: FindingCode;
  /** A whole sentence: what is the matter, since when, what to do. */
  readonly message: string;
}

export interface AssessOptions {
  /**
   * ISO date that counts as today.
   * @default the date of this machine, in UTC
   */
  readonly today?: string;
  /**
   * Where the model is called: a region, `global`, `us` or `eu`.
   * @default not looked at
   */
  readonly location?: string;
  /**
   * What is known of models.
   * @default the facts of this folder
   */
  readonly facts?: readonly ModelFact[];
}

export interface Assessment {
  /** Of the model, without its path. */
  readonly id: string;
  /** Absent: the catalogue does not know the model. */
  readonly fact?: ModelFact;
  /** What is the matter with it. */
  readonly findings: readonly ModelFinding[];
}

/** The bare id in `gemini-x`, `publishers/google/models/gemini-x` or `gemini-x@version`. */
export function modelIdOf(reference: string): string {
  return reference.replace(/^.*\/models\//, '').replace(/@.*$/, '');
}

export function findModel(reference: string, facts: readonly ModelFact[] = FACTS): ModelFact | undefined {
  return facts.find(({ id }) => id === modelIdOf(reference));
}

/** Today as an ISO date, in UTC. */
export const isoToday = (): string => new Date().toISOString().slice(0, 10);

const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

/** What speaks against using a managed model today. The date decides about findings only: it never becomes part of a stack. */
export function assessModel(reference: string, options: AssessOptions = {}): Assessment {
  const today = options.today ?? isoToday();
  const id = modelIdOf(reference);
  const fact = findModel(reference, options.facts);
  if (!fact) {
    const message = `${id} is not in the model catalogue: nothing is known of its retirement. Look it up and add it to constructs/model-catalog/facts.ts.`;
    return { id, findings: [{ level: 'warning', code: 'unknown', message }] };
  }
  const findings = [retirement(fact, today), stage(fact), place(fact, options.location), age(fact, today)];
  return { id, fact, findings: findings.filter((finding) => finding !== undefined) };
}

function retirement({ id, retiresOn, replacement, source, asOf }: ModelFact, today: string): ModelFinding | undefined {
  if (retiresOn === undefined) return undefined;
  const left = daysBetween(today, retiresOn);
  const advice = replacement === undefined ? 'Choose another model.' : `Use ${replacement}.`;
  const proof = `(${source}, as of ${asOf})`;
  if (left <= 0) {
    return { level: 'error', code: 'retired', message: `${id} was retired on ${retiresOn}: calls return 404. ${advice} ${proof}` };
  }
  if (left > RETIRING_DAYS) return undefined;
  return { level: 'warning', code: 'retiring', message: `${id} retires in ${left} days, on ${retiresOn}. ${advice} ${proof}` };
}

function stage({ id, stage }: ModelFact): ModelFinding | undefined {
  if (stage === 'preview') {
    const message = `${id} is a preview: it can change or go at short notice. Give it a fallback to a stable model.`;
    return { level: 'warning', code: 'preview', message };
  }
  if (stage === 'experimental') {
    const message = `${id} is experimental: it has no service level and may be gone tomorrow. Keep it out of what customers use.`;
    return { level: 'warning', code: 'experimental', message };
  }
  return undefined;
}

function place({ id, locations }: ModelFact, location: string | undefined): ModelFinding | undefined {
  if (location === undefined || locations === undefined || locations.includes(location)) return undefined;
  const message = `${id} is not served in ${location}, only in ${locations.join(', ')}.`;
  return { level: 'error', code: 'wrong-location', message };
}

function age({ id, asOf, source }: ModelFact, today: string): ModelFinding | undefined {
  const days = daysBetween(asOf, today);
  if (days <= STALE_DAYS) return undefined;
  const message = `What is known of ${id} is ${days} days old. Compare it with ${source} and renew \`asOf\`.`;
  return { level: 'note', code: 'stale', message };
}

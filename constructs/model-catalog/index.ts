export { assessModel, findModel, isoToday, modelIdOf, RETIRING_DAYS, STALE_DAYS } from './assess';
export type { AssessOptions, Assessment, FindingCode, ModelFinding } from './assess';
export { FACTS } from './facts';
export type { ModelFact, Stage } from './facts';

export { reasonInWords } from './actions';
export type { Action, Change, Check, OutputChange, PathStep, Plan, ReplaceOrder } from './model';
export { isTooDeep } from './depth';
export { Masker } from './mask';
export { PlanError } from './plan-error';
export { parsePlan, readPlan, type ReadOptions } from './read';
export { MASK, type Redactor } from './redact';
export { constructPaths, stackOfAddresses, type SynthesizedStack } from './stacks';
export * from './value';

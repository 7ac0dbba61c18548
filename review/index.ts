export { divergence, fingerprint, fingerprintDocument, parseFingerprints } from './fingerprint';
export type { ReviewInput, StackPlan } from './input';
export { isAtLeast, LEVELS, type Level } from './levels';
export { parsePlan, PlanError, readPlan, stackOfAddresses, type Plan, type SynthesizedStack } from './plan';
export { buildReport, htmlPage, jsonDocument, markdown, marker, sarif, type Report } from './report';
export { riskPages, RULES, type Risk, type RiskRule } from './risks';

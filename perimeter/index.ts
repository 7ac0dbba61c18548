export { definePerimeter, fingerprint, type PerimeterDefinition, type PerimeterSection } from './definition';
export {
  type Evidence,
  EvidenceError,
  evidenceFile,
  evidenceOf,
  readEvidence,
  shortcomings,
  withoutEvidence,
  writeEvidence,
} from './evidence';
export { promote, type Promotion } from './promotion';
export { reportViolations, type ReportedGroup, type ViolationReport, type Waiver } from './report';
export { reportAsText, type ReportTextOptions } from './report-text';

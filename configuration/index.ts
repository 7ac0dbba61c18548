export { checkFiles, environmentFiles, loadEnvironments, loadFiles, type CheckedFile, type CheckedFiles } from './load';
export { ConfigurationError, location, type Place, type Problem, type Span } from './problem';
export { reportConfigurationError, reportProblem, type ReportOptions } from './report';
export type { Environment, EnvironmentSettings } from './schema';

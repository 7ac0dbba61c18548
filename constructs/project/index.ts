export { ProjectServices } from './project-services';
export type { ProjectServicesProps } from './project-services';
export { serviceAgent } from './service-agents';
export type { ServiceWithAgent } from './service-agents';

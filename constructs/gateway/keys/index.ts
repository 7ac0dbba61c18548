export { KeysJob } from './keys-job';
export type { KeysJobProps } from './keys-job';

export { exportStacks, type ExportOptions, Occupied } from './export';
export type { ExportedStack } from './guide';
export type { SynthesizedStack } from './synthesized';

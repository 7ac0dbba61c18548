export { differencesOf, outputDifferences } from './compare';
export type { Difference, Line } from './difference';
export { documentIn, type Document } from './document';
export { pathOf } from './paths';

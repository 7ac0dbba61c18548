export { synthesizeEnvironments, type SynthesizeOptions } from './synthesize-environments';
export { readEvidence } from '../perimeter';

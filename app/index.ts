export { synthesizeEnvironments, type SynthesizeOptions } from './synthesize-environments';

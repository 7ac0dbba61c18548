export { fingerprintDocument, parseFingerprints } from './document';
export { divergence } from './divergence';
export { fingerprint, type FingerprintedChange, type StackFingerprint } from './fingerprint';

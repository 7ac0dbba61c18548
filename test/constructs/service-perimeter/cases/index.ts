import { BOUNDARY_CASES } from './boundary';
import { type DocumentedCase, located, request } from './common';
import { EGRESS_CASES } from './egress';
import { INGRESS_CASES } from './ingress';

export { ALSO_INSIDE, configuration, INSIDE, NETWORK, OUTSIDE } from './common';

export const DOCUMENTED_CASES: readonly DocumentedCase[] = [...BOUNDARY_CASES, ...INGRESS_CASES, ...EGRESS_CASES].map(
  ([title, source, perimeter, changes, expected]) => ({ title, ...located(source), perimeter, request: request(changes), expected }),
);

import { describeInPython } from '../../support/in-python';

describeInPython('the reconciler of endpoints', () => void jest.requireActual('../../constructs/vertex-endpoint/reconciler/faults.test'));

import { describeInPython } from '../../support/in-python';

describeInPython('steps of the gateway', () => void jest.requireActual('../../constructs/gateway/database/steps.test'));

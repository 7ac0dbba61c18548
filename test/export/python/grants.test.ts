import { describeInPython } from '../../support/in-python';

describeInPython(
  'the program that grants roles on endpoints',
  () => void jest.requireActual('../../constructs/vertex-endpoint/grants/script.test'),
);

import fc from 'fast-check';
import { deployedModelId, deployedModelName, type FixedSettings } from '../../../../constructs/vertex-endpoint/reconciler/spec';

const fixed: FixedSettings = {
  model: 'projects/p/locations/l/models/m@1',
  machineSpec: { machineType: 'g2-standard-12', acceleratorType: 'NVIDIA_L4', acceleratorCount: 1 },
};

it('an id is ten digits, and the same for the same settings in any order and with defaults spelt out', () => {
  const id = deployedModelId('flash', fixed);
  expect(id).toMatch(/^[1-9]\d{9}$/);
  const { machineSpec, model } = fixed;
  const spelt = {
    spot: false,
    enableAccessLogging: false,
    serviceAccount: '',
    machineSpec: { acceleratorCount: 1, ...machineSpec },
    model,
  };
  expect(deployedModelId('flash', spelt)).toBe(id);
  // Deployed models are known by their ids: another way to make them would replace every model of every user.
  expect(id).toBe('1674908460');
});

it('changes with everything that cannot change in place', () => {
  const ids = [
    deployedModelId('flash', fixed),
    deployedModelId('pro', fixed),
    deployedModelId('flash', { ...fixed, model: 'projects/p/locations/l/models/m@2' }),
    deployedModelId('flash', { ...fixed, serviceAccount: 'sa@p.iam.gserviceaccount.com' }),
    deployedModelId('flash', { ...fixed, enableAccessLogging: true }),
    deployedModelId('flash', { ...fixed, spot: true }),
    deployedModelId('flash', { ...fixed, machineSpec: { ...fixed.machineSpec, machineType: 'g2-standard-16' } }),
    deployedModelId('flash', { ...fixed, machineSpec: { ...fixed.machineSpec, acceleratorCount: 2 } }),
    deployedModelId('flash', { ...fixed, machineSpec: { ...fixed.machineSpec, acceleratorType: 'NVIDIA_TESLA_T4' } }),
  ];
  expect(new Set(ids).size).toBe(ids.length);
});

it('is always one that the API takes', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (key, model) => {
      const id = deployedModelId(key, { ...fixed, model });
      expect(id).toMatch(/^[1-9]\d{9}$/);
      expect(deployedModelName(key, id)).toBe(`${key}-${id}`);
    }),
  );
});

import type { Choices, EnvironmentName } from '../choices';
import { fillIn } from '../fill-in';

export const OWN_ENDPOINT = 'own-model';

const PUBLIC = '      mode: dedicated-public';

const PRIVATE = `      mode: private-service-connect
      # After the first deploy: serviceAttachment, and the gateway can send requests here (provider: endpoint).`;

/** A model of one's own. In the environment's own project, so a perimeter needs no way out to it. */
export const endpointSection = ({ projects, region }: Choices, name: EnvironmentName): string => `endpoints:
  ${OWN_ENDPOINT}:
    description: Our own model.
    network:
${name === 'dev' ? PUBLIC : PRIVATE}
    models:
      stable:
        model: projects/${projects[name].id}/locations/${region}/models/${OWN_ENDPOINT}@1${fillIn('the version in your model registry')}
        machine:
          type: g2-standard-12
          accelerator:
            type: NVIDIA_L4
        replicas:
          min: ${name === 'prod' ? 2 : 1}
          max: ${name === 'prod' ? 4 : 2}
        traffic: 100
`;

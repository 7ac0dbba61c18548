import { NetworkMode, type VertexEndpointProps } from '../../../constructs/vertex-endpoint';
import { deployedModelId, deployedModelName } from '../../../constructs/vertex-endpoint/reconciler/spec';
import { describeWith, tofu } from '../../support/requirements';
import { Cloud } from './cloud';
import { endpoint, model, version } from './models';

const stable = model({ traffic: 95 });
const candidate = model({ traffic: 5, model: version(8) });
const chat = (
  models: VertexEndpointProps['models'] = { stable, candidate },
  over: Partial<VertexEndpointProps> = {},
): VertexEndpointProps => endpoint({ models, ...over });

/** Name under which a model is found on the endpoint. */
function named(key: string, number: number): string {
  const fixed = {
    model: `projects/acme-models/locations/europe-west4/models/support-chat@${number}`,
    machineSpec: { machineType: 'g2-standard-12', acceleratorType: 'NVIDIA_L4', acceleratorCount: 1 },
  };
  return deployedModelName(key, deployedModelId(key, fixed));
}

describe('an endpoint, deployed by Terraform', () => {
  let cloud: Cloud;
  /** The only endpoint. */
  const name = (): string => cloud.api.records.endpoints()[0]!;
  const split = (): Record<string, number> => cloud.split(name());

  beforeEach(async () => (cloud = await Cloud.open()));
  afterEach(async () => {
    expect(cloud.api.invariants.violations).toEqual([]);
    await cloud.close();
  });

  it('comes up, changes its split, takes a new version, scales, loses a model, and goes', async () => {
    const first = await cloud.deploy({ Chat: chat() });
    expect(first.writes).toEqual(['deployModel', 'deployModel', 'patch']);
    expect(split()).toEqual({ [named('stable', 7)]: 95, [named('candidate', 8)]: 5 });

    const moved = await cloud.deploy({ Chat: chat({ stable: { ...stable, traffic: 80 }, candidate: { ...candidate, traffic: 20 } }) });
    expect(moved.writes).toEqual(['patch']);
    expect(split()).toEqual({ [named('stable', 7)]: 80, [named('candidate', 8)]: 20 });

    const newer = await cloud.deploy({ Chat: chat({ stable, candidate: { ...candidate, model: version(9) } }) });
    expect(newer.writes).toEqual(['deployModel', 'patch', 'undeployModel']);
    expect(split()).toEqual({ [named('stable', 7)]: 95, [named('candidate', 9)]: 5 });

    const bigger = { ...stable, replicas: { min: 2, max: 5 } };
    const scaled = await cloud.deploy({ Chat: chat({ stable: bigger, candidate: { ...candidate, model: version(9) } }) });
    expect(scaled.writes).toEqual(['mutateDeployedModel']);

    const fewer = await cloud.deploy({ Chat: chat({ stable: { ...bigger, traffic: 100 } }) });
    expect(fewer.writes).toEqual(['patch', 'undeployModel']);
    expect(split()).toEqual({ [named('stable', 7)]: 100 });

    const relabelled = await cloud.deploy({ Chat: chat({ stable: { ...bigger, traffic: 100 } }, { labels: { team: 'support' } }) });
    expect(relabelled.calls).toEqual([]);

    const gone = await cloud.terraform('destroy', '-auto-approve');
    expect(gone.writes).toEqual(['patch', 'undeployModel']);
    expect(cloud.store.list()).toEqual([]);
  });

  it('shows in the plan what comes, what moves and what goes, and nothing of what stays', async () => {
    await cloud.deploy({ Chat: chat() });
    /** Lines of the plan under `steps`, without their indentation. */
    const steps = async (models: VertexEndpointProps['models']): Promise<string[]> => {
      await cloud.synthesize({ Chat: chat(models) });
      const { text } = await cloud.terraform('plan');
      const under = /~ input +=[\s\S]*?\n( *)~ steps = \{\n([\s\S]*?)\n\1 {2}\}/.exec(text)![2]!;
      return under.split('\n').map((line) => line.trim().replace(/ +/g, ' ')).filter((line) => line !== '}'); // prettier-ignore
    };

    expect(await steps({ stable: { ...stable, traffic: 80 }, candidate: { ...candidate, traffic: 20 } })).toEqual([
      `~ ${named('candidate', 8)} = {`,
      '~ traffic = "2. 5 %" -> "2. 20 %"',
      '# (3 unchanged attributes hidden)',
      `~ ${named('stable', 7)} = {`,
      '~ traffic = "2. 95 %" -> "2. 80 %"',
      '# (3 unchanged attributes hidden)',
    ]);
    const line = (sign: string, number: number): string[] => [
      `${sign} ${named('candidate', number)} = {`,
      `${sign} deploy = "1. support-chat@${number} on g2-standard-12 + 1 × NVIDIA_L4 a replica, on top of the machines of what serves now"`,
      `${sign} replicas = "1 to 2"`,
      `${sign} traffic = "2. 5 %"`,
      `${sign} undeploy = "3. what it replaces"`,
    ];
    const newer = await steps({ stable, candidate: { ...candidate, model: version(9) } });
    expect(newer.filter((each) => !each.startsWith('#')).sort()).toEqual([...line('-', 8), ...line('+', 9)].sort());
    expect(await steps({ stable: { ...stable, replicas: { min: 2, max: 5 } }, candidate })).toContain('~ replicas = "1 to 2" -> "2 to 5"');
  });

  it('is emptied and replaced when it gets another network', async () => {
    await cloud.deploy({ Chat: chat() });
    const before = name();
    const replaced = await cloud.deploy({
      Chat: chat(undefined, { networkMode: NetworkMode.privateServiceConnect({ allowlist: ['acme-web'] }) }),
    });
    expect(replaced.writes).toEqual(['patch', 'undeployModel', 'undeployModel', 'deployModel', 'deployModel', 'patch']);
    expect(name()).not.toBe(before);
    expect(Object.values(split())).toEqual([95, 5]);
  });

  it('by private services access holds one model at a time, and changes it only where an outage is allowed', async () => {
    const networkMode = NetworkMode.privateServicesAccess({ network: 'projects/123456/global/networks/main' });
    const only = (number: number, allowOutage = false) => ({
      Chat: chat({ only: model({ model: version(number) }) }, { networkMode, allowOutage }),
    });
    expect((await cloud.deploy(only(7))).writes).toEqual(['deployModel']);
    await cloud.synthesize(only(8));
    await expect(cloud.terraform('apply', '-auto-approve')).rejects.toThrow(
      /it\s+holds\s+one\s+model\s+at\s+a\s+time\.\s+Nothing\s+was\s+changed/,
    );
    expect(Object.keys(split())).toEqual([named('only', 7)]);
    expect((await cloud.deploy(only(8, true))).writes).toEqual(['undeployModel', 'deployModel']);
    expect(Object.keys(split())).toEqual([named('only', 8)]);
    expect((await cloud.terraform('destroy', '-auto-approve')).writes).toEqual(['undeployModel']);
  });

  it('is emptied and removed when it leaves the stack, and the others stay as they are', async () => {
    const search = endpoint({ name: 'search', models: { only: model() } });
    await cloud.deploy({ Chat: chat(), Search: search });
    const removed = await cloud.deploy({ Search: search });
    expect(removed.writes).toEqual(['patch', 'undeployModel', 'undeployModel']);
    expect(cloud.api.records.endpoints()).toHaveLength(1);
    expect((await cloud.deploy({})).writes).toEqual(['patch', 'undeployModel']);
    expect(cloud.store.list()).toEqual([]);
  });

  describe('changed by hand', () => {
    const ids = (): string[] => cloud.api.records.deployed(name()).map(({ model }) => model.id);

    const BY_HAND: [string, () => Promise<void>, string[]][] = [
      [
        'its split',
        () => cloud.byHand(name(), '?updateMask=trafficSplit', { trafficSplit: { [ids()[0]!]: 50, [ids()[1]!]: 50 } }, 'PATCH'),
        ['patch'],
      ],
      [
        'its replicas',
        () => {
          const deployedModel = { id: ids()[0], dedicatedResources: { minReplicaCount: 3, maxReplicaCount: 3 } };
          const updateMask = 'dedicatedResources.minReplicaCount,dedicatedResources.maxReplicaCount';
          return cloud.byHand(name(), ':mutateDeployedModel', { deployedModel, updateMask });
        },
        ['mutateDeployedModel'],
      ],
      [
        'a target of its autoscaling',
        () => {
          const autoscalingMetricSpecs = [{ metricName: 'aiplatform.googleapis.com/prediction/online/cpu/utilization', target: 90 }];
          const deployedModel = { id: ids()[0], dedicatedResources: { autoscalingMetricSpecs } };
          return cloud.byHand(name(), ':mutateDeployedModel', { deployedModel, updateMask: 'dedicatedResources.autoscalingMetricSpecs' });
        },
        ['mutateDeployedModel'],
      ],
      [
        'a model',
        () => cloud.byHand(name(), ':undeployModel', { deployedModelId: ids()[1], trafficSplit: { [ids()[0]!]: 100 } }),
        ['deployModel', 'patch'],
      ],
      [
        'all its models',
        async () => {
          cloud.api.invariants.mayStop.add(name());
          await cloud.byHand(name(), '?updateMask=trafficSplit', { trafficSplit: {} }, 'PATCH');
          for (const id of ids()) await cloud.byHand(name(), ':undeployModel', { deployedModelId: id });
        },
        ['deployModel', 'deployModel', 'patch'],
      ],
    ];

    it.each(BY_HAND)('%s: the next plan shows it, the next apply repairs it, and then nothing is left to do', async (_, change, repair) => {
      await cloud.deploy({ Chat: chat() });
      const before = split();
      await change();
      expect(await cloud.isSettled()).toBe(false);
      expect((await cloud.terraform('apply', '-auto-approve')).writes).toEqual(repair);
      expect(split()).toEqual(before);
      expect(await cloud.isSettled()).toBe(true);
    });
  });
});

describeWith(tofu(), 'an endpoint, deployed by OpenTofu', () => {
  it('comes up, is repaired after a change by hand, is emptied when it leaves the stack', async () => {
    const cloud = await Cloud.open('tofu');
    try {
      await cloud.deploy({ Chat: chat() });
      const [name] = cloud.api.records.endpoints();
      const trafficSplit = { [cloud.api.records.deployed(name!)[0]!.model.id]: 100 };
      await cloud.byHand(name!, '?updateMask=trafficSplit', { trafficSplit }, 'PATCH');
      expect(await cloud.isSettled()).toBe(false);
      expect((await cloud.deploy({ Chat: chat() })).writes).toEqual(['patch']);
      expect((await cloud.deploy({})).writes).toEqual(['patch', 'undeployModel', 'undeployModel']);
      expect(cloud.api.invariants.violations).toEqual([]);
    } finally {
      await cloud.close();
    }
  });
});

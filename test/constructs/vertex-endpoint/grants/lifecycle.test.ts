import type { ApiCall, CallFault } from '../../../../rehearsal/api';
import { describeWith, tofu } from '../../../support/requirements';
import { Cloud } from '../cloud';
import { endpoint } from '../models';

const USER = 'roles/aiplatform.user';
const VIEWER = 'roles/aiplatform.viewer';
const GATEWAY = 'serviceAccount:gateway@acme-ai-test.iam.gserviceaccount.com';
const BATCH = 'serviceAccount:batch@acme-ai-test.iam.gserviceaccount.com';
const ADA = 'user:ada@acme.example';

const Chat = endpoint();
const Search = endpoint({ name: 'search' });

/** Without the models of the endpoints, which are another test's matter. */
const grantsOf = (writes: readonly string[]): string[] => writes.filter((verb) => verb === 'setIamPolicy');

describe('roles on an endpoint, granted by Terraform', () => {
  let cloud: Cloud;
  let fault: (call: ApiCall) => CallFault | undefined;
  const name = (): string => cloud.api.records.endpoints()[0]!;

  beforeEach(async () => {
    fault = () => undefined;
    cloud = await Cloud.open('terraform', (call) => fault(call));
  });
  afterEach(async () => {
    expect(cloud.api.invariants.violations).toEqual([]);
    await cloud.close();
  });

  it('come after the endpoint, change one by one, and go; what others have stays', async () => {
    await cloud.deploy({ Chat }, { Chat: [[GATEWAY, USER], [BATCH, USER]] }); // prettier-ignore
    expect(cloud.policy(name())).toEqual([`${USER} ${BATCH}`, `${USER} ${GATEWAY}`]);
    cloud.api.policies.put(name(), [...cloud.api.policies.bindings(name()), { role: VIEWER, members: [ADA] }]);

    const changed = await cloud.deploy({ Chat }, { Chat: [[GATEWAY, USER], [BATCH, VIEWER]] }); // prettier-ignore
    expect(grantsOf(changed.writes)).toHaveLength(2);
    expect(cloud.policy(name())).toEqual([`${USER} ${GATEWAY}`, `${VIEWER} ${BATCH}`, `${VIEWER} ${ADA}`].sort());

    const fewer = await cloud.deploy({ Chat }, { Chat: [[BATCH, VIEWER]] });
    expect(grantsOf(fewer.writes)).toHaveLength(1);
    expect(cloud.policy(name())).toEqual([`${VIEWER} ${BATCH}`, `${VIEWER} ${ADA}`].sort());

    expect(grantsOf((await cloud.deploy({ Chat })).writes)).toHaveLength(1);
    expect(cloud.policy(name())).toEqual([`${VIEWER} ${ADA}`]);
  });

  it('are read in the plan: who, what, where, and nothing of what stays', async () => {
    await cloud.deploy({ Chat }, { Chat: [[GATEWAY, USER]] });
    await cloud.synthesize({ Chat }, { Chat: [[GATEWAY, USER], [BATCH, VIEWER]] }); // prettier-ignore
    const { text } = await cloud.terraform('plan');
    expect(text).toMatch(/Plan: 2 to add, 0 to change, 0 to destroy/);
    expect(text).toMatch(
      /terraform_data\.EndpointGrants_Grant_\w+\["roles\/aiplatform\.viewer on chat to serviceAccount:batch@acme-ai-test\.iam\.gserviceaccount\.com"\] will be created/,
    );
    expect(text.replace(/ +/g, ' ')).toContain(`+ member = "${BATCH}"\n + role = "${VIEWER}"`);
  });

  it('go before the endpoint goes, and what holds another endpoint stays', async () => {
    await cloud.deploy({ Chat, Search }, { Chat: [[GATEWAY, USER]], Search: [[GATEWAY, USER]] });
    const [chat, search] = cloud.api.records
      .endpoints()
      .sort((one) => (cloud.api.records.attributes(one)?.['display_name'] === 'chat' ? -1 : 1));
    const seen: string[][] = [];
    fault = ({ verb }) => {
      if (verb === 'setIamPolicy') seen.push(cloud.api.records.endpoints());
      return undefined;
    };
    await cloud.deploy({ Search }, { Search: [[GATEWAY, USER]] });
    expect(seen).toEqual([expect.arrayContaining([chat])]);
    expect(cloud.api.records.endpoints()).toEqual([search]);
    expect(cloud.policy(search!)).toEqual([`${USER} ${GATEWAY}`]);
    await cloud.terraform('destroy', '-auto-approve');
    expect(cloud.store.list()).toEqual([]);
  });

  it('move with the endpoint when it gets another number', async () => {
    await cloud.deploy({ Chat }, { Chat: [[GATEWAY, USER]] });
    const before = name();
    await cloud.deploy({ Chat: endpoint({ generation: 2 }) }, { Chat: [[GATEWAY, USER]] });
    expect(name()).not.toBe(before);
    expect(cloud.policy(name())).toEqual([`${USER} ${GATEWAY}`]);
  });

  it('taken away by hand break nothing', async () => {
    await cloud.deploy({ Chat }, { Chat: [[GATEWAY, USER]] });
    cloud.api.policies.put(name(), []);
    expect(await cloud.isSettled()).toBe(true);
    expect(grantsOf((await cloud.deploy({ Chat })).writes)).toEqual([]);
  });

  it('that fail, though they were given, are taken away all the same', async () => {
    await cloud.deploy({ Chat });
    // Given, and never answered again: for Terraform the grant has failed.
    let given = false;
    fault = ({ verb }) => {
      if (given) return verb === 'getIamPolicy' ? { kind: 'status', status: 403 } : undefined;
      given = verb === 'setIamPolicy';
      return given ? { kind: 'lost' } : undefined;
    };
    await cloud.synthesize({ Chat }, { Chat: [[GATEWAY, USER]] });
    await expect(cloud.terraform('apply', '-auto-approve')).rejects.toThrow(/setIamPolicy\s+on\s+the\s+project/);
    fault = () => undefined;
    expect(cloud.policy(name())).toEqual([`${USER} ${GATEWAY}`]);
    await cloud.deploy({ Chat });
    expect(cloud.policy(name())).toEqual([]);
  });

  it.each([
    ['taken away when the file names them no more', [], []],
    ['there when it still does', [[GATEWAY, USER]] as const, [`${USER} ${GATEWAY}`]],
  ])('survive that Terraform is killed: they are %s', async (_, grants, expected) => {
    await cloud.deploy({ Chat }, { Chat: [[BATCH, USER]] });
    fault = ({ verb }) => {
      if (verb !== 'setIamPolicy') return undefined;
      cloud.kill();
      return { kind: 'silence', served: true };
    };
    await cloud.synthesize({ Chat }, { Chat: [[BATCH, USER], [GATEWAY, USER]] }); // prettier-ignore
    await expect(cloud.terraform('apply', '-auto-approve')).rejects.toMatchObject({ signal: 'SIGKILL' });
    fault = () => undefined;
    expect(cloud.policy(name())).toContain(`${USER} ${GATEWAY}`);
    await cloud.deploy({ Chat }, { Chat: [[BATCH, USER], ...grants] });
    expect(cloud.policy(name())).toEqual([`${USER} ${BATCH}`, ...expected]);
  });

  it('are taken away in the end, however often that is interrupted', async () => {
    await cloud.deploy({ Chat }, { Chat: [[GATEWAY, USER], [BATCH, USER]] }); // prettier-ignore
    fault = ({ verb }) => (verb === 'setIamPolicy' ? { kind: 'status', status: 403 } : undefined);
    await cloud.synthesize({ Chat }, { Chat: [[BATCH, USER]] });
    await expect(cloud.terraform('apply', '-auto-approve')).rejects.toThrow(/aiplatform\.admin/);
    expect(cloud.policy(name())).toHaveLength(2);
    fault = () => undefined;
    await cloud.deploy({ Chat }, { Chat: [[BATCH, USER]] });
    expect(cloud.policy(name())).toEqual([`${USER} ${BATCH}`]);
  });
});

describeWith(tofu(), 'roles on an endpoint, granted by OpenTofu', () => {
  it('come, change, and go', async () => {
    const cloud = await Cloud.open('tofu');
    try {
      await cloud.deploy({ Chat }, { Chat: [[GATEWAY, USER]] });
      await cloud.deploy({ Chat }, { Chat: [[GATEWAY, VIEWER]] });
      expect(cloud.policy(cloud.api.records.endpoints()[0]!)).toEqual([`${VIEWER} ${GATEWAY}`]);
      await cloud.deploy({ Chat });
      expect(cloud.policy(cloud.api.records.endpoints()[0]!)).toEqual([]);
      expect(cloud.api.invariants.violations).toEqual([]);
    } finally {
      await cloud.close();
    }
  });
});

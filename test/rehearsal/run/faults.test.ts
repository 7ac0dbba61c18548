import { FAULT_KINDS } from '../../../rehearsal/faults';
import { appWith, data, failureOf, FOUNDATION, google, rehearsal } from './app';

const STACKS = { 'dev-foundation': FOUNDATION, 'dev-gateway': { ...data('x'), dependencies: ['dev-foundation'] } };
const VPC = 'google_compute_network.Vpc';

describe('rehearse --faults', () => {
  it.each([
    ['google_compute_network=409', []],
    ['google_secret_manager_secret_version.create=429,google_project_service@1=503', []],
    ['google_compute_network=lost', [VPC]],
    // Its attributes do not say the project that an import of it names.
    ['google_secret_manager_secret_version=lost', ['google_secret_manager_secret_version.Key']],
    ['google_compute_network=hang', []],
    ['google_compute_network=broken', []],
  ])('comes to the same end after %s', async (faults, adopted) => {
    const report = await rehearsal(appWith(STACKS), { faults, patience: 1 });
    expect(report.faults!.differences).toEqual([]);
    expect(report.faults!.recoveries).toHaveLength(1);
    expect(report.faults!.recoveries[0]).toMatchObject({ stack: 'dev-foundation', adopted });
    expect(report.stacks.map(({ differences }) => differences)).toEqual([[], []]);
    expect(report.outcome).toBe('ok');
  });

  it('adopts what exists, but is in no state, after the engine was killed', async () => {
    const report = await rehearsal(appWith(STACKS), { faults: 'google_compute_subnetwork=kill', destroy: true });
    const [recovery] = report.faults!.recoveries;
    expect(recovery).toMatchObject({ faults: ['google_compute_subnetwork@1=kill'], said: 'killed' });
    // What else was made without Terraform having heard of it is up to its timing.
    expect(recovery!.adopted).toContain('google_compute_subnetwork.Main');
    expect(report.faults!.differences).toEqual([]);
    expect(report.outcome).toBe('ok');
  });

  it('adopts through one kill after another, also what may not be destroyed to be made anew', async () => {
    const resource = {
      google_kms_key_ring: { Ring: { name: 'ring', location: 'europe-west1' } },
      google_kms_crypto_key: {
        A: { name: 'a', key_ring: '${google_kms_key_ring.Ring.id}', lifecycle: [{ prevent_destroy: true }] },
        B: { name: 'b', key_ring: '${google_kms_key_ring.Ring.id}', lifecycle: [{ prevent_destroy: true }] },
      },
    };
    const faults = 'google_kms_key_ring=kill,google_kms_crypto_key=kill,google_kms_crypto_key@2=kill';
    const report = await rehearsal(appWith({ 'prod-keys': google({ resource }) }), { faults });
    expect(new Set(report.faults!.recoveries.flatMap(({ adopted }) => adopted))).toEqual(
      new Set(['google_kms_key_ring.Ring', 'google_kms_crypto_key.A', 'google_kms_crypto_key.B']),
    );
    expect(report).toMatchObject({ outcome: 'ok', faults: { differences: [] }, stacks: [{ resources: 3, differences: [] }] });
  });

  it.each(['503', 'kill', 'lost'])('goes on through a %s while destroying', async (kind) => {
    const report = await rehearsal(appWith(STACKS), { faults: `google_secret_manager_secret.delete=${kind}`, destroy: true });
    expect(report.faults!.recoveries).toHaveLength(1);
    expect(report.destroyed!.leftovers.filter(({ keptBy }) => keptBy === undefined)).toEqual([]);
    expect(report.outcome).toBe('ok');
  });

  it('says so when a fault met no call', async () => {
    expect(await failureOf(rehearsal(appWith(STACKS), { faults: 'google_compute_network@7=503' }))).toBe(
      'usage: these faults met no call; are there so many calls, or is --destroy missing?\n  google_compute_network@7=503',
    );
  });

  it('answers a spec that it cannot read with everything that is wrong in it', async () => {
    const said = await failureOf(rehearsal(appWith(STACKS), { faults: 'google_compute_netwrk=503,google_compute_network=500' }));
    expect(said).toMatch(/^usage: fault 'google_compute_netwrk=503': no stack has a google_compute_netwrk; there are: /);
    expect(said).toContain(`fault 'google_compute_network=500': fault '500' is not one of ${FAULT_KINDS.join(', ')}`);
  });
});

import { ApiClient, ENDPOINT } from './client';

const USER = 'roles/aiplatform.user';
const ADA = 'user:ada@acme.example';
const BOB = 'user:bob@acme.example';
const JULY = { title: 'July', expression: 'request.time < timestamp("2027-08-01T00:00:00Z")' };

let client: ApiClient;
beforeEach(async () => (client = await ApiClient.start()));
afterEach(() => client.api.close());

const read = (version = 3, endpoint = ENDPOINT) =>
  client.call('POST', `../v1beta1/${endpoint}:getIamPolicy?options.requestedPolicyVersion=${version}`);
const write = (policy: unknown, endpoint = ENDPOINT) => client.call('POST', `../v1beta1/${endpoint}:setIamPolicy`, { policy });

describe('the policy of an endpoint', () => {
  it('is empty at first, and is what was written last', async () => {
    expect(await read()).toEqual({ status: 200, body: { version: 1, etag: expect.any(String) } });
    await write({ bindings: [{ role: USER, members: [BOB, 'user:Ada@acme.example', ADA] }] });
    expect((await read()).body).toMatchObject({ bindings: [{ role: USER, members: [ADA, BOB] }] });
  });

  it('is written only over the one that was read', async () => {
    const { etag } = (await read()).body;
    expect(await write({ etag, bindings: [{ role: USER, members: [ADA] }] })).toMatchObject({ status: 200 });
    expect(await write({ etag, bindings: [] })).toMatchObject({ status: 409, body: { error: { status: 'ABORTED' } } });
    expect((await read()).body).toMatchObject({ bindings: [{ members: [ADA] }] });
    expect(client.api.invariants.violations).toEqual([]);
  });

  it('may be written blindly, or with more than one grant at once: no script of ours may', async () => {
    expect(await write({ bindings: [{ role: USER, members: [ADA] }] })).toMatchObject({ status: 200 });
    const { etag } = (await read()).body;
    await write({ etag, bindings: [{ role: USER, members: [BOB] }] });
    expect(client.api.invariants.violations).toEqual([
      expect.stringContaining('a policy without its etag undoes what others wrote meanwhile'),
      expect.stringContaining('2 grants come or go in one write of its policy'),
    ]);
  });

  it('tells conditions only to who knows them', async () => {
    const bindings = [{ role: USER, members: [ADA], condition: JULY }];
    expect(await write({ bindings })).toMatchObject({ status: 400, body: { error: { message: expect.stringContaining('version 3') } } });
    expect(await write({ version: 3, bindings })).toMatchObject({ status: 200 });
    expect((await read()).body).toMatchObject({ version: 3, bindings });
    expect((await read(1)).body).toMatchObject({ version: 1, bindings: [{ role: expect.stringMatching(/_withcond_/), members: [ADA] }] });
    expect(await read(2)).toMatchObject({ status: 400 });
  });

  it.each([
    ['a role that is none', { role: 'owner', members: [ADA] }, /Role owner is not supported/],
    ['a member that is none', { role: USER, members: ['ada'] }, /member ada/],
    ['no member', { role: USER, members: [] }, /has no member/],
    ['an unknown field', { role: USER, member: ADA }, /Unknown name "member"/],
  ])('refuses %s', async (_, binding, message) => {
    expect(await write({ bindings: [binding] })).toMatchObject({
      status: 400,
      body: { error: { message: expect.stringMatching(message) } },
    });
  });

  it('is gone with the endpoint, and is not in v1', async () => {
    await write({ bindings: [{ role: USER, members: [ADA] }] });
    expect(await client.post('getIamPolicy', undefined)).toMatchObject({ status: 404 });
    client.store.delete({ provider: 'google', type: 'google_vertex_ai_endpoint', id: ENDPOINT });
    expect(client.store.list()).toEqual([]);
    expect(await read()).toMatchObject({ status: 404 });
    expect(await write({ bindings: [] })).toMatchObject({ status: 404 });
  });
});

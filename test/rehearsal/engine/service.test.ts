import { settingsOf } from '../../../rehearsal/engine/settings';
import { Service } from '../../../rehearsal/engine/service';
import { loadTypes } from '../../../rehearsal/schema';
import { MemoryStore } from '../../../rehearsal/store';

describe('a service that deletes', () => {
  const type = 'google_vertex_ai_endpoint';
  const facts = loadTypes(process.cwd(), [{ provider: 'google', kind: 'resource', type }]).get(`resource ${type}`)!;
  const id = 'projects/acme/locations/europe-west4/endpoints/7';
  const prior = { id, name: '7', location: 'europe-west4', project: 'acme' };

  function endpointWith(deployed: { id: string }[]) {
    const store = new MemoryStore();
    store.put({ provider: 'google', type, id, created: '', attributes: { ...prior, deployed_models: deployed } });
    return { store, service: new Service(facts, settingsOf({}), store, () => new Date(0), false) };
  }

  it('refuses an endpoint that models are deployed to, and keeps it', () => {
    const { store, service } = endpointWith([{ id: '1' }]);
    const { state, diagnostics } = service.remove(prior);
    expect(state).toBe(prior);
    expect(diagnostics[0]!.detail).toBe(`googleapi: Error 400: ${id} is not empty: remove its deployed_models first, failedPrecondition`);
    expect(store.list()).toHaveLength(1);
  });

  it('deletes an empty one', () => {
    const { store, service } = endpointWith([]);
    expect(service.remove(prior)).toEqual({ state: null, diagnostics: [] });
    expect(store.list()).toEqual([]);
  });
});

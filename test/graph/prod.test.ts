import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildGraph, type SynthesizedStack } from '../../graph';
import { architecture } from '../../tools/architecture';
import { changed, summaryOf, synthesized, told, type Json } from './stacks';

const DOCS = join(__dirname, '..', '..', 'docs');

const values = (json: Json, type: string): Record<string, unknown>[] => Object.values(json['resource']![type]!);

const drop = (json: Json, type: string, when: (block: Record<string, unknown>) => boolean): void => {
  const blocks = json['resource']![type]!;
  const before = Object.keys(blocks).length;
  for (const [name, block] of Object.entries(blocks)) if (when(block)) delete blocks[name];
  expect(Object.keys(blocks).length).toBeLessThan(before);
};

describe('the stacks of prod', () => {
  let stacks: SynthesizedStack[];
  beforeAll(() => {
    stacks = synthesized('prod');
  });

  it('tell how a prompt flows, and who may do what', () => {
    expect(told(summaryOf(stacks))).toEqual([
      '2 identities → ECR repositories approved (data: replicates, pulls images)',
      '2 identities → Service perimeter prod (identity: let in)',
      '3 workloads → 2 secrets (identity: 2 of 3: reads)',
      '3 workloads → Global load balancer llm.acme.example (data: HTTPS)',
      '3 workloads → Private Vertex AI endpoint prod-support-chat (identity: may use)',
      '3 workloads → Vertex AI Managed models (identity: may use)',
      'Cloud Run job prod-gateway-keys → 2 secrets (identity: reads, writes)',
      'Cloud Run job prod-gateway-keys → 5 secrets (identity: reads)',
      'Cloud Run job prod-gateway-keys → Cloud Run service prod-gateway (data: HTTPS)',
      'Cloud Run service prod-gateway → 5 secrets (identity: reads)',
      'Cloud Run service prod-gateway → Cloud SQL prod-gateway (data: SQL)',
      'Cloud Run service prod-gateway → Memorystore for Redis prod-gateway (data: Redis)',
      'Cloud Run service prod-gateway → Private Vertex AI endpoint prod-support-chat (identity: may use)',
      'Cloud Run service prod-gateway → Vertex AI Managed models (data: prompts)',
      'GitHub Actions acme/vertex-gateway → 2 service accounts (identity: acts as)',
      'Global load balancer llm.acme.example → Cloud Run service prod-gateway (data: HTTPS)',
      'Group platform@acme.example → Global load balancer llm.acme.example (identity: signs in)',
      'Pod on GKE search/indexer → Service account prod-document-search-app (identity: acts as)',
      'Private Vertex AI endpoint prod-support-chat → BigQuery dataset prod_endpoint_requests (data: request log)',
      'Service account prod-document-search-app → Private Vertex AI endpoint prod-support-chat (identity: may use)',
      'Service account prod-document-search-app → Vertex AI Managed models (identity: may use)',
    ]);
  });

  it('stand inside the perimeter around their project, and what is in AWS outside', () => {
    const { frames } = summaryOf(stacks);
    const [perimeter] = frames.filter(({ kind }) => kind === 'perimeter');
    expect(perimeter?.lines[0]).toBe('enforced');
    const inside = frames.filter(({ parent }) => parent === perimeter?.id).map(({ title }) => title);
    expect(inside.sort()).toEqual(['prod-foundation', 'prod-gateway', 'prod-identity', 'prod-inference']);
    expect(frames.filter(({ kind, parent }) => kind === 'stack' && parent === undefined).map(({ title }) => title)).toEqual([
      'prod-registry',
    ]);
  });

  it('name the keys that things are encrypted with', () => {
    const keys = Object.fromEntries(buildGraph('prod', stacks).boxes.map(({ id, keys: own }) => [id, own]));
    expect(keys).toMatchObject({
      'prod-gateway/Data/Database': ['database'],
      'prod-gateway/Data/Cache': ['cache'],
      'prod-inference/Endpoints/support-chat': ['endpoints'],
      'prod-inference/RequestLog/Dataset': ['requests'],
    });
  });

  it('lose a caller with the grant', () => {
    const without = changed(stacks, 'prod-gateway', (json) =>
      drop(json, 'google_cloud_run_v2_service_iam_member', ({ member }) => String(member).includes('orders:assistant')),
    );
    const [before, after] = [told(buildGraph('prod', stacks)), told(buildGraph('prod', without))];
    expect(before.filter((line) => !after.includes(line))).toEqual([
      'Pod on Kubernetes orders/assistant → Global load balancer llm.acme.example (data: HTTPS)',
    ]);
  });

  it('lose an arrow with any grant that is drawn', () => {
    const kinds = ['google_secret_manager_secret_iam_member', 'google_iap_web_backend_service_iam_member'];
    for (const type of kinds) {
      const without = changed(stacks, 'prod-gateway', (json) => drop(json, type, () => true));
      expect(told(buildGraph('prod', without)).length).toBeLessThan(told(buildGraph('prod', stacks)).length);
    }
  });

  it('show another endpoint, and what it serves', () => {
    const more = changed(stacks, 'prod-inference', (json) => {
      const [endpoint] = values(json, 'google_vertex_ai_endpoint');
      json['resource']!['google_vertex_ai_endpoint']!['Another'] = {
        ...endpoint,
        name: '4711',
        display_name: 'night-shift',
        '//': { metadata: { path: 'prod-inference/Another/Resource' } },
      };
      json['resource']!['terraform_data']!['AnotherServing'] = {
        triggers_replace: {
          spec: {
            endpoint: 'projects/acme-ai-prod/locations/europe-west1/endpoints/4711',
            models: [
              { id: '1', model: 'projects/p/locations/l/models/owl@3' },
              { id: '2', model: 'projects/p/locations/l/models/owl@2' },
            ],
            traffic: { 1: 10, 2: 90 },
          },
        },
      };
    });
    const box = summaryOf(more).boxes.find(({ title }) => title === 'night-shift');
    expect(box?.lines).toEqual(['90 % owl@2', '10 % owl@3']);
  });

  it('are surrounded by nothing without a perimeter', () => {
    const open = stacks.filter(({ name }) => name !== 'prod-perimeter');
    expect(summaryOf(open).frames.filter(({ kind }) => kind === 'perimeter')).toEqual([]);
  });

  it('are what docs/architecture.md shows (otherwise: npm run docs:architecture)', async () => {
    const page = readFileSync(join(DOCS, 'architecture.md'), 'utf8');
    const drawn = await architecture({ name: 'prod', stacks }, page);
    expect(drawn.page).toBe(page);
    expect(drawn.picture === readFileSync(join(DOCS, 'images', 'architecture.svg'), 'utf8')).toBe(true);
  });
});

import known from '../../../../constructs/gateway/config/known-keys.json';
import { isPriced, nearestKey, PINNED_VERSION } from '../../../../constructs/gateway/config/known-keys';
import { BLOCKS, type Block } from '../../../../constructs/gateway/config/litellm-config';
import { LITELLM } from '../../../support/peers/litellm';
import { describeWith } from '../../../support/requirements';
import { differences, extractKeys } from './extract-keys';

describeWith(LITELLM.prepare(), 'the real LiteLLM', () => {
  it('reads exactly the keys of known-keys.json (else: npm run litellm-keys -- --write)', () => {
    expect(differences(known, extractKeys(LITELLM))).toEqual([]);
  }, 600_000);
});

describe('known keys', () => {
  it.each(Object.keys(BLOCKS) as Block[])('hold all that is written into %s', (block) => {
    expect(known.blocks[block]).toEqual(expect.arrayContaining(Object.keys(BLOCKS[block].shape)));
  });

  it('are not those of another block', () => {
    expect(known.blocks.litellm_settings).not.toContain('master_key');
    expect(known.blocks.router_settings).not.toContain('master_key');
    expect(known.blocks.general_settings).toContain('master_key');
  });

  it('are found by a misspelt name', () => {
    expect(nearestKey('router_settings', 'cooldown_tme')).toBe('cooldown_time');
    expect(nearestKey('litellm_settings', 'dropParams')).toBe('drop_params');
    expect(nearestKey('general_settings', 'completely_different')).toBeUndefined();
  });

  it('come with prices of models', () => {
    expect(isPriced('vertex_ai/gemini-3.8-flash')).toBe(true);
    expect(isPriced('vertex_ai/claude-sonnet-5@20991231')).toBe(true);
    expect(isPriced('vertex_ai/gemini-99-tomorrow')).toBe(false);
  });

  it('are of the version that the peers run', () => {
    expect(PINNED_VERSION).toBe('1.106.2');
  });
});

describe('the differences of two versions', () => {
  const keys = (general: string[], priced: string[] = []) => ({ version: '1.0.0', blocks: { general_settings: general }, priced });

  it('are named one by one, list by list', () => {
    expect(differences(keys(['a', 'b'], ['m']), keys(['b', 'c', 'd'], ['m']))).toEqual([
      'general_settings: 2 added, 1 removed',
      '  + c',
      '  + d',
      '  - a',
    ]);
    expect(differences(keys([]), { ...keys([]), blocks: { general_settings: [], new_block: ['x'] } })).toEqual([
      'new_block: 1 added, 0 removed',
      '  + x',
    ]);
  });

  it('are none between a version and itself', () => {
    expect(differences(known, known)).toEqual([]);
  });
});

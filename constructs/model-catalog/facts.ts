/** How far along a model is, in Google's own words. */
export type Stage = 'stable' | 'preview' | 'experimental';

/** What is known of one managed model: one that is called, never deployed to machines. */
export interface ModelFact {
  /** As in `publishers/<publisher>/models/<id>`. */
  readonly id: string;
  /** e.g. `google`. */
  readonly publisher: string;
  /** How far along it is. */
  readonly stage: Stage;
  /**
   * First day on which calls fail with 404. Google moves these days later, never earlier. ISO date.
   * @default none announced
   */
  readonly retiresOn?: string;
  /**
   * Day before which the model will not retire: stable models stay for at least a year. ISO date.
   * @default not said
   */
  readonly staysUntil?: string;
  /**
   * Where it is served: regions, `global`, `us`, `eu`.
   * @default not known here, ask the source
   */
  readonly locations?: readonly string[];
  /**
   * What Google names in its place.
   * @default not said
   */
  readonly replacement?: string;
  /** Page that says so. */
  readonly source: string;
  /** Day on which the source said so. ISO date. */
  readonly asOf: string;
}

const VERSIONS_PAGE = 'https://docs.cloud.google.com/gemini-enterprise-agent-platform/models/model-versions';

/** From the page of model versions, in the state of 2026-10-13 or later. */
const listed = (fact: Pick<ModelFact, 'id' | 'stage'> & Partial<ModelFact>): ModelFact => ({
  publisher: 'google',
  source: VERSIONS_PAGE,
  asOf: '2026-10-13',
  ...fact,
});

const REPLACES_2_5 = 'gemini-3.8-flash or gemini-3.5-flash';

/** One line a model. Change a line only together with its `source` and `asOf`. */
export const FACTS: readonly ModelFact[] = [
  listed({ id: 'gemini-4-argon', stage: 'stable', staysUntil: '2027-10-13' }),
  listed({ id: 'gemini-3.8-flash', stage: 'stable', staysUntil: '2027-09-02' }),
  listed({ id: 'gemini-3.5-flash', stage: 'stable', staysUntil: '2027-05-19' }),
  listed({ id: 'gemini-3.5-flash-lite', stage: 'stable', staysUntil: '2027-07-21' }),
  listed({ id: 'gemini-3.1-flash-lite', stage: 'stable', staysUntil: '2027-05-07' }),
  listed({ id: 'gemini-3.1-pro-preview', stage: 'preview' }),
  listed({
    id: 'gemini-3-flash-preview',
    stage: 'preview',
    locations: ['global'],
    source: 'https://docs.litellm.ai/blog/gemini_3_flash',
    asOf: '2026-11-21',
  }),
  listed({ id: 'gemini-2.5-pro', stage: 'stable', retiresOn: '2026-10-20', replacement: REPLACES_2_5 }),
  listed({ id: 'gemini-2.5-flash', stage: 'stable', retiresOn: '2026-10-20', replacement: REPLACES_2_5 }),
  listed({ id: 'gemini-2.5-flash-lite', stage: 'stable', retiresOn: '2026-10-20', replacement: REPLACES_2_5 }),
  listed({
    id: 'gemini-2.0-flash-001',
    stage: 'stable',
    retiresOn: '2026-06-01',
    source: 'https://github.com/GoogleCloudPlatform/generative-ai/issues/2603',
  }),
];

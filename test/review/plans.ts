import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildReport,
  htmlPage,
  jsonDocument,
  markdown,
  readPlan,
  sarif,
  type Plan,
  type Report,
  type ReviewInput,
  type SynthesizedStack,
} from '../../review';
import { type Configuration } from './fixtures/situation';
import { SITUATIONS } from './fixtures/situations';

/** The real plan of a situation, as the engine wrote it. */
export const planText = (name: string): string => readFileSync(join(__dirname, 'fixtures', 'plans', `${name}.json`), 'utf8');

const synthesized = (name: string): SynthesizedStack[] => {
  const { before, after = before } = SITUATIONS.find((situation) => situation.name === name)!;
  const stack = (configuration: Configuration) => ({ id: 'dev-stack', dependencies: [], configuration });
  return [after, before].flatMap((configuration) => (configuration === undefined ? [] : [stack(configuration)]));
};

export const realPlan = (name: string): Plan =>
  readPlan(JSON.parse(planText(name)), { source: `${name}.json`, stack: 'dev-stack', synthesized: synthesized(name) });

export const TODAY = '2026-11-21';

/** A review of plans and nothing else. */
export const inputOf = (...plans: readonly Plan[]): ReviewInput => ({
  stacks: plans.map((plan) => ({ plan })),
  origin: 'plan',
  today: TODAY,
});

export const reportOf = (name: string): Report => buildReport(inputOf(realPlan(name)));

/** The report in every format. */
export const everyFormat = (report: Report): Record<'markdown' | 'html' | 'json' | 'sarif', string> => ({
  markdown: markdown(report, { title: 'dev' }),
  html: htmlPage(report, { title: 'dev' }),
  json: jsonDocument(report, 'dev'),
  sarif: sarif(report, () => 'environments/dev.yaml'),
});

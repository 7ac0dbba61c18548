import { assessModel } from '../../../constructs/model-catalog';
import { type Plan, type Value } from '../../plan';
import { gatewayConfigurationIn } from '../gateway-configuration';
import { changesOf, place, type RiskRule, type RuleFinding } from '../rule';
import { textsIn } from '../values';
import { quote } from '../words';

/** Models of Google's are judged by the catalogue. Others (own endpoints, other vendors) have no announced end. */
const GOOGLE_MODEL = /(?:^|\/)(gemini-[a-z0-9.-]+|text-embedding-[a-z0-9.-]+|gemini-embedding-[a-z0-9.-]+)(?:@[\w.-]+)?$/;

const retired: RiskRule = {
  id: 'model-retired',
  title: 'A model that is retired, or soon will be',
  level: 'high',
  reason: 'Google answers 404 for a retired model from the day of its retirement on: whatever has no fallback fails.',
  remedy: 'Use the replacement that is named, and try it with a few per cent of the calls first.',
  looksAt:
    'Models in LiteLLM configurations, and values that are a model’s name, in whatever is made or changed; against `constructs/model-catalog`, on the day of the review. Retiring within 60 days: medium. A Gemini model that the catalogue does not know: unknown (low).',
  check: (input) =>
    changesOf(input).flatMap((located): RuleFinding[] => {
      if (located.change.action === 'delete') return [];
      const { redact } = input.stacks.find(({ plan }) => plan.stack === located.stack)!.plan;
      return modelsIn(located.change.after, redact).flatMap((model): RuleFinding[] => {
        const { fact, findings } = assessModel(model, { today: input.today });
        if (fact === undefined)
          return [
            {
              ...place(located),
              level: 'low',
              unknown: true,
              message: `Whether ${quote(model)} is retired is not known: the catalogue does not have it.`,
            },
          ];
        const end = findings.find(({ code }) => code === 'retired' || code === 'retiring');
        return end === undefined ? [] : [{ ...place(located), level: end.code === 'retired' ? 'high' : 'medium', message: end.message }];
      });
    }),
};

function modelsIn(value: Value, redact: Plan['redact']): string[] {
  const configured = gatewayConfigurationIn(value, redact)?.models ?? [];
  const named = [...textsIn(value)].filter((text) => text.length < 200);
  return [...new Set([...configured, ...named].flatMap((text) => GOOGLE_MODEL.exec(text)?.[1] ?? []))].sort();
}

export const MODEL_RULES: readonly RiskRule[] = [retired];

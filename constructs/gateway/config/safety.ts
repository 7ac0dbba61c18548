import type { Safety, SafetyThreshold } from './model-group';

const CATEGORIES = {
  harassment: 'HARM_CATEGORY_HARASSMENT',
  hateSpeech: 'HARM_CATEGORY_HATE_SPEECH',
  sexuallyExplicit: 'HARM_CATEGORY_SEXUALLY_EXPLICIT',
  dangerousContent: 'HARM_CATEGORY_DANGEROUS_CONTENT',
} as const;

const THRESHOLDS = {
  off: 'OFF',
  'only-high': 'BLOCK_ONLY_HIGH',
  'medium-and-above': 'BLOCK_MEDIUM_AND_ABOVE',
  'low-and-above': 'BLOCK_LOW_AND_ABOVE',
} as const;

/**
 * Twice the same: LiteLLM's OpenAI route reads `safety_settings` only, its native Gemini route, which the Gemini CLI uses, `safetySettings`
 * only. Either is a default: a client that sends its own wins.
 */
export function safetyParameters(safety: Safety | undefined) {
  const given = Object.entries(safety ?? {}).filter((entry): entry is [keyof Safety, SafetyThreshold] => entry[1] !== undefined);
  if (given.length === 0) return {};
  const settings = given.map(([category, threshold]) => ({ category: CATEGORIES[category], threshold: THRESHOLDS[threshold] }));
  return { safety_settings: settings, safetySettings: settings.map((setting) => ({ ...setting })) };
}

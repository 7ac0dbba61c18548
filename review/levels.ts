/** How much attention something asks for. `high`: do not merge before somebody has answered for it. */
export const LEVELS = ['high', 'medium', 'low'] as const;

export type Level = (typeof LEVELS)[number];

export const isAtLeast = (level: Level, threshold: Level): boolean => LEVELS.indexOf(level) <= LEVELS.indexOf(threshold);

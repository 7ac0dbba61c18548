import type { Finding, Sections } from './rules';

/** What must hold between suppressions. */
export const POLICY_RULES: readonly ((sections: Sections) => Finding[])[] = [
  function suppressionsAreNotRepeated({ policy }) {
    const seen = new Set<string>();
    return Object.entries(policy?.suppressions ?? {}).flatMap(([name, { rule, path }]) => {
      const key = `${rule} ${path}`;
      if (!seen.has(key)) {
        seen.add(key);
        return [];
      }
      return [
        {
          path: ['policy', 'suppressions', name],
          message: `${rule} is suppressed at ${path} already: it is not clear whose reason holds`,
          help: 'Remove one of the two.',
        },
      ];
    });
  },
];

/** Where in a configuration: attribute and block names, indexes of lists, keys of maps (`{ key }`). */
export type Step = string | number | { readonly key: string };
export type Path = readonly Step[];

export interface Diagnostic {
  readonly severity: 'ERROR' | 'WARNING';
  readonly summary: string;
  readonly detail: string;
  readonly path?: Path;
}

export const failure = (summary: string, detail: string, path?: Path): Diagnostic => ({ severity: 'ERROR', summary, detail, path });

/** As a person would write it: `settings[0].tier`, `labels["team"]`. */
export const textOf = (path: Path): string =>
  path
    .map((step, index) =>
      typeof step === 'string' ? `${index > 0 ? '.' : ''}${step}` : `[${typeof step === 'number' ? step : JSON.stringify(step.key)}]`,
    )
    .join('');

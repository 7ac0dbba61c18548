/** Every text in a piece of YAML, with its path. */
export function eachValue(data: unknown, path = ''): { readonly path: string; readonly value: string }[] {
  if (typeof data === 'string') return [{ path, value: data }];
  if (Array.isArray(data)) return data.flatMap((item, index) => eachValue(item, `${path}[${index}]`));
  if (typeof data !== 'object' || data === null) return [];
  return Object.entries(data).flatMap(([key, value]) => eachValue(value, path === '' ? key : `${path}.${key}`));
}

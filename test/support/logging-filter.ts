/**
 * The part of the Logging query language that our filters use: comparisons with `=`, log_id(), AND, OR, NOT and parentheses; no comparison
 * with a field that is absent holds. https://cloud.google.com/logging/docs/view/logging-query-language
 */
export function matches(filter: string, entry: unknown): boolean {
  const tokens = [...filter.matchAll(/\(|\)|\bAND\b|\bOR\b|\bNOT\b|log_id\("([^"]+)"\)|([\w."@]+?)="([^"]*)"/g)];
  const unread = filter.replace(/\(|\)|\bAND\b|\bOR\b|\bNOT\b|log_id\("([^"]+)"\)|([\w."@]+?)="([^"]*)"/g, '').trim();
  if (unread !== '') throw new Error(`not understood: ${unread}`);
  let next = 0;

  function any(): boolean {
    let holds = all();
    while (tokens[next]?.[0] === 'OR') {
      next += 1;
      // Both sides are read, whatever the first says.
      const other = all();
      holds = holds || other;
    }
    return holds;
  }
  function all(): boolean {
    let holds = one();
    while (tokens[next]?.[0] === 'AND') {
      next += 1;
      const other = one();
      holds = holds && other;
    }
    return holds;
  }
  function one(): boolean {
    const token = tokens[next++]!;
    if (token[0] === 'NOT') return !one();
    if (token[0] === '(') {
      const holds = any();
      next += 1;
      return holds;
    }
    if (token[1] !== undefined) return String(field(entry, 'logName')).endsWith(`/logs/${encodeURIComponent(token[1])}`);
    const value = field(entry, token[2]!);
    return value !== undefined && String(value).toLowerCase() === token[3]!.toLowerCase();
  }

  const result = any();
  if (next !== tokens.length) throw new Error('not read to its end');
  return result;
}

function field(entry: unknown, path: string): unknown {
  const keys = [...path.matchAll(/"([^"]+)"|(\w+)/g)].map(([, quoted, plain]) => quoted ?? plain!);
  return keys.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], entry);
}

import ts from 'typescript';

/** What a doc comment says. */
export interface Documentation {
  readonly text: string;
  readonly default?: string;
  readonly deprecated?: string;
  readonly returns?: string;
}

/** Of a property, a class, a method: the comment above its declaration. One line, as a table needs it. */
export function documentationOf(symbol: ts.Symbol, checker: ts.TypeChecker): Documentation {
  const tags = symbol.getJsDocTags(checker);
  const tag = (name: string): string | undefined => {
    const found = tags.find((one) => one.name === name);
    return found && plain(ts.displayPartsToString(found.text));
  };
  return {
    text: plain(ts.displayPartsToString(symbol.getDocumentationComment(checker))),
    default: tag('default'),
    deprecated: tag('deprecated')?.replace(/^- /, ''),
    returns: tag('returns'),
  };
}

/** Of a parameter: what `@param` says. The tag's text begins with the name. */
export function parameterText(parameter: ts.Symbol, checker: ts.TypeChecker): string {
  return plain(ts.displayPartsToString(parameter.getDocumentationComment(checker))).replace(/^- /, '');
}

const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();

const BOLD_OR_STAR = /\*\*[^*]+\*\*|\*/g;

/** A cell of a table. Outside of code, what Markdown or HTML would take for its own is escaped. */
export function cell(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part) =>
      part.startsWith('`') ? part : part.replaceAll('<', '&lt;').replace(BOLD_OR_STAR, (found) => (found === '*' ? '\\*' : found)),
    )
    .join('')
    .replaceAll('|', '\\|');
}

export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

import ts from 'typescript';
import { isOurs, type Source } from './source';

/** Object and function types that were written on the spot, and methods: what a symbol of theirs is called says nothing. */
const UNNAMED = ts.SymbolFlags.TypeLiteral | ts.SymbolFlags.Function | ts.SymbolFlags.Method;

/** Longest union of words that stands in the table itself. */
const SPELLED_OUT = 160;

/** Says how types read, and collects those that need a table of their own on the same page. */
export class TypeTexts {
  private readonly queue = new Set<ts.Symbol>();

  /** @param page from whose folder links to other pages lead, as a path from the root */
  constructor(
    private readonly source: Source,
    private readonly page: string,
  ) {}

  /** Types named so far that have no page, in the order of their first use. */
  get named(): ReadonlySet<ts.Symbol> {
    return this.queue;
  }

  /** Type of a property or parameter, as it was written where that can be said, with absence left out. */
  of(symbol: ts.Symbol): string {
    const { checker } = this.source;
    // Of a mapped type, what it was mapped from.
    const declaration = symbol.valueDeclaration ?? symbol.declarations?.[0];
    const type = checker.getTypeOfSymbol(symbol);
    const node =
      declaration &&
      (ts.isPropertySignature(declaration) || ts.isParameter(declaration) || ts.isPropertyDeclaration(declaration)) &&
      declaration.type;
    // A type parameter says nothing to a reader: then the type that it stands for.
    return node && !(checker.getTypeFromTypeNode(node).flags & ts.TypeFlags.TypeParameter)
      ? this.ofNode(node)
      : this.ofType(checker.getNonNullableType(type));
  }

  ofNode(node: ts.TypeNode): string {
    if (ts.isParenthesizedTypeNode(node)) return this.ofNode(node.type);
    if (ts.isArrayTypeNode(node)) return `list of ${this.ofNode(node.elementType)}`;
    if (ts.isTypeOperatorNode(node) && node.operator === ts.SyntaxKind.ReadonlyKeyword) return this.ofNode(node.type);
    if (ts.isUnionTypeNode(node))
      return orList(node.types.filter((type) => type.kind !== ts.SyntaxKind.UndefinedKeyword).map((type) => this.ofNode(type)));
    if (ts.isTypeReferenceNode(node)) return this.ofReference(node);
    if (ts.isIndexedAccessTypeNode(node)) return this.ofIndexed(node);
    return this.ofType(this.source.checker.getTypeFromTypeNode(node), node.getText());
  }

  /** `Props['field']` reads as that field does. */
  private ofIndexed(node: ts.IndexedAccessTypeNode): string {
    const { checker } = this.source;
    const [field] = literals(checker.getTypeFromTypeNode(node.indexType)) ?? [];
    const property = field && checker.getTypeFromTypeNode(node.objectType).getProperty(field.replace(/[`']/g, ''));
    return property ? this.of(property) : this.ofType(checker.getNonNullableType(checker.getTypeFromTypeNode(node)));
  }

  private ofReference(node: ts.TypeReferenceNode): string {
    const { checker } = this.source;
    const [first, second] = node.typeArguments ?? [];
    switch (node.typeName.getText()) {
      case 'Readonly':
        return this.ofNode(first!);
      case 'ReadonlyArray':
      case 'Array':
        return `list of ${this.ofNode(first!)}`;
      case 'Record': {
        if (second!.kind === ts.SyntaxKind.NeverKeyword) return code('{}');
        const keys = checker.getTypeFromTypeNode(first!);
        return keys.flags & ts.TypeFlags.String
          ? `map of ${this.ofNode(second!)}`
          : `map from ${this.ofNode(first!)} to ${this.ofNode(second!)}`;
      }
      case 'Pick':
        return `${literals(checker.getTypeFromTypeNode(second!))?.join(', ')} of ${this.ofNode(first!)}`;
      case 'Partial':
        return this.ofNode(first!).replace(/^(map from )?/, '$1any of ');
    }
    const local = checker.getSymbolAtLocation(node.typeName)!;
    const symbol = local.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(local) : local;
    if (!isOurs(symbol)) return code(node.getText());
    return this.ofNamed(symbol, checker.getTypeFromTypeNode(node));
  }

  /** A type of ours: a link to its page or to its table, or its words where they are few. */
  private ofNamed(symbol: ts.Symbol, type: ts.Type): string {
    const construct = this.source.constructs.find((one) => one.symbol === symbol);
    if (construct) return `[\`${construct.name}\`](${relativePath(this.page, construct.page)})`;
    if (symbol.flags & ts.SymbolFlags.TypeParameter) return code(symbol.name);
    const alias = symbol.declarations?.find(ts.isTypeAliasDeclaration);
    if (alias) {
      const words = literals(type);
      if (words !== undefined && orList(words).length <= SPELLED_OUT) return orList(words);
      if (
        words === undefined &&
        !ts.isUnionTypeNode(alias.type) &&
        !ts.isTypeLiteralNode(alias.type) &&
        !ts.isIntersectionTypeNode(alias.type)
      )
        return this.ofNode(alias.type);
    }
    this.queue.add(symbol);
    return `[\`${symbol.name}\`](#${symbol.name.toLowerCase()})`;
  }

  private ofType(type: ts.Type, written?: string): string {
    const symbol = type.aliasSymbol ?? type.symbol;
    if (symbol && isOurs(symbol) && !(symbol.flags & UNNAMED)) return this.ofNamed(symbol, type);
    const words = literals(type);
    return words === undefined ? code(written ?? this.source.checker.typeToString(type)) : orList(words);
  }
}

/** Words of a literal or of a union of them, e.g. `'a'`, `'b'`. */
export function literals(type: ts.Type): string[] | undefined {
  const parts = type.isUnion() ? type.types : [type];
  const words = parts.map((part) =>
    part.isStringLiteral() ? `\`'${part.value}'\`` : part.isNumberLiteral() ? `\`${part.value}\`` : undefined,
  );
  return words.every((word) => word !== undefined) ? words : undefined;
}

/** From a page to another, as a link has it; both are paths from the root. */
export function relativePath(from: string, to: string): string {
  const [here, there] = [from.split('/').slice(0, -1), to.split('/')];
  let shared = 0;
  while (shared < here.length && here[shared] === there[shared]) shared += 1;
  return [...here.slice(shared).map(() => '..'), ...there.slice(shared)].join('/');
}

const code = (text: string): string => `\`${text.replace(/\/\*.*?\*\/|\breadonly /gs, '').replace(/\s+/g, ' ')}\``;

const orList = (parts: readonly string[]): string => [...new Set(parts)].join(parts.length > 2 ? ', ' : ' or ');

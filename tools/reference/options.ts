import ts from 'typescript';
import { cell, documentationOf, parameterText, table } from './documentation';
import { type ConstructClass, isConstruct, isOurs, type Source } from './source';
import { literals, TypeTexts } from './type-text';

/** The reference of a construct: its options, what it gives and can do, and what both are made of. */
export function optionsOf(construct: ConstructClass, source: Source): string {
  const { checker } = source;
  const texts = new TypeTexts(source, construct.page);
  const instance = checker.getDeclaredTypeOfSymbol(construct.symbol);
  const described = new Set<ts.Symbol>();
  // Describing one type names others: until all are described.
  const describe = (kind: 'input' | 'result'): string[] => {
    const parts: string[] = [];
    for (let next = first(texts.named, described); next; next = first(texts.named, described)) {
      described.add(next);
      parts.push(headed(next.name, namedType(next, kind, source, texts)));
    }
    return parts;
  };

  const props = propsOf(construct, checker);
  const options = props && fieldTable(props, 'input', source, texts);
  const methods = methodTable([...statics(construct.symbol, checker), ...visible(instance)].filter(isMethod), source, texts);
  const inputs = describe('input');
  const attributes = attributeTable(visible(instance), source, texts);
  const results = describe('result');
  return [
    options ?? 'None.',
    ...(attributes ? [headed('Attributes', attributes)] : []),
    ...(methods ? [headed('Methods', methods)] : []),
    ...inputs,
    ...results,
  ].join('\n\n');
}

const first = (all: ReadonlySet<ts.Symbol>, done: ReadonlySet<ts.Symbol>): ts.Symbol | undefined => [...all].find((one) => !done.has(one));

const headed = (title: string, text: string): string => `### ${title}\n\n${text}`;

/** Type of the third parameter of the constructor. */
export function propsOf({ symbol }: ConstructClass, checker: ts.TypeChecker): ts.Type | undefined {
  const [signature] = checker.getTypeOfSymbol(symbol).getConstructSignatures();
  const parameter = signature?.getDeclaration()?.parameters.length ? signature.getParameters()[2] : undefined;
  return parameter && checker.getTypeOfSymbol(parameter);
}

/** Fields of an interface: required ones first, each group in the order of the source. What a construct gives back has no defaults. */
export function fieldTable(type: ts.Type, kind: 'input' | 'result', source: Source, texts: TypeTexts): string {
  const rows = fieldRows(type.getProperties(), '', source, texts).map(([name, of, standard, what]) => [
    name,
    of,
    ...(kind === 'input' ? [standard] : []),
    what,
  ]);
  return table(kind === 'input' ? ['Option', 'Type', 'Default', 'What it is'] : ['Field', 'Type', 'What it is'], rows);
}

/** A row each. What is an object written on the spot has rows of its own beneath: `scale`, `scale.min`. */
function fieldRows(fields: readonly ts.Symbol[], prefix: string, source: Source, texts: TypeTexts): [string, string, string, string][] {
  const optional = (property: ts.Symbol): boolean => (property.flags & ts.SymbolFlags.Optional) !== 0;
  return [...fields]
    .filter(isOurs)
    .sort((one, other) => Number(optional(one)) - Number(optional(other)))
    .flatMap((property) => {
      const { text, default: standard, deprecated } = documentationOf(property, source.checker);
      const what = [deprecated === undefined ? '' : `**Deprecated**: ${cell(deprecated)}.`, cell(text)].filter(Boolean).join(' ');
      const absent = optional(property) ? cell(asValue(standard ?? (prefix === '' ? '' : 'none'))) : '**required**';
      const name = `${prefix}${property.name}`;
      const spot = onTheSpot(property);
      const row: [string, string, string, string] = [`\`${name}\``, spot ? spot.of : cell(texts.of(property)), absent, what];
      return spot ? [row, ...fieldRows(membersOf(spot.literal, source.checker), `${name}${spot.suffix}.`, source, texts)] : [row];
    });
}

/** What is a value and no sentence looks like one. */
const asValue = (standard: string): string => (/^(true|false|[\d.,]+|[A-Z][A-Z_\d]{3,})$/.test(standard) ? `\`${standard}\`` : standard);

/** An object type without a name, or a list or map of such. */
function onTheSpot({ valueDeclaration: at }: ts.Symbol): { literal: ts.TypeLiteralNode; suffix: string; of: string } | undefined {
  const strip = (node: ts.TypeNode): ts.TypeNode =>
    ts.isTypeOperatorNode(node) || ts.isParenthesizedTypeNode(node) ? strip(node.type) : node;
  const node = at && ts.isPropertySignature(at) && at.type ? strip(at.type) : undefined;
  if (!node) return undefined;
  if (ts.isTypeLiteralNode(node)) return { literal: node, suffix: '', of: 'object' };
  if (ts.isArrayTypeNode(node)) {
    const element = strip(node.elementType);
    return ts.isTypeLiteralNode(element) ? { literal: element, suffix: '[]', of: 'list of objects' } : undefined;
  }
  const value = node.getText().match(/^(Readonly<)?Record</) ? lastArgument(node) : undefined;
  return value && ts.isTypeLiteralNode(value) ? { literal: value, suffix: '.NAME', of: 'map of objects' } : undefined;
}

const lastArgument = (node: ts.TypeNode): ts.TypeNode =>
  ts.isTypeReferenceNode(node) && node.typeArguments ? lastArgument(node.typeArguments.at(-1)!) : node;

const membersOf = (literal: ts.TypeLiteralNode, checker: ts.TypeChecker): ts.Symbol[] =>
  checker.getTypeFromTypeNode(literal).getProperties();

function attributeTable(members: readonly ts.Symbol[], source: Source, texts: TypeTexts): string | undefined {
  const rows = members
    .filter((member) => !isMethod(member) && member.name !== 'props')
    .map((member) => {
      const { text } = documentationOf(member, source.checker);
      const standard = member.name === 'resource' ? 'The main resource, e.g. for `addOverride`.' : '';
      return [`\`${member.name}\``, texts.of(member), text || standard].map(cell);
    });
  return rows.length > 0 ? table(['Attribute', 'Type', 'What it is'], rows) : undefined;
}

function methodTable(members: readonly ts.Symbol[], source: Source, texts: TypeTexts): string | undefined {
  const rows = members.map((member) => methodRow(member, source, texts));
  return rows.length > 0 ? table(['Method', 'What it does'], rows) : undefined;
}

const isMethod = ({ flags }: ts.Symbol): boolean => (flags & ts.SymbolFlags.Method) !== 0;

const statics = (symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol[] => visible(checker.getTypeOfSymbol(symbol));

/** `grantRead(member, id?)`, and a line a parameter. Of a static property, its name. */
function methodRow(member: ts.Symbol, source: Source, texts: TypeTexts): string[] {
  const { checker } = source;
  const { text, returns } = documentationOf(member, checker);
  const name = `${ownerOf(member)}${member.name}`;
  const [signature] = checker.getTypeOfSymbol(member).getCallSignatures();
  if (!signature) return [`\`${name}\``, cell(text)];
  const { names, lines } = parameterLines(signature.getParameters(), source, texts);
  return [
    `\`${name}(${names.join(', ')})\``,
    [text, ...lines, returns && `Returns ${returns}`]
      .filter((line) => !!line)
      .map((line) => cell(line!))
      .join('<br>'),
  ];
}

/** `NetworkMode.` before what is static. */
function ownerOf({ valueDeclaration: at }: ts.Symbol): string {
  const isStatic = at !== undefined && (ts.getCombinedModifierFlags(at) & ts.ModifierFlags.Static) !== 0;
  return isStatic && ts.isClassLike(at.parent) ? `${at.parent.name?.text}.` : '';
}

function parameterLines(parameters: readonly ts.Symbol[], source: Source, texts: TypeTexts): { names: string[]; lines: string[] } {
  const optional = ({ valueDeclaration: at }: ts.Symbol): boolean => !!at && ts.isParameter(at) && source.checker.isOptionalParameter(at);
  const names = parameters.map((parameter) => parameter.name.replace(/^__.*/, 'options') + (optional(parameter) ? '?' : ''));
  const lines = parameters.map((parameter, index) => {
    const about = parameterText(parameter, source.checker);
    return `\`${names[index]}\`: ${texts.of(parameter)}${about === '' ? '' : `, ${about}`}`;
  });
  return { names, lines };
}

/** Members that this repository declares, and that are neither private, protected nor `@internal`. */
export function visible(type: ts.Type): ts.Symbol[] {
  return type.getProperties().filter((member) => {
    const declaration = member.declarations?.[0];
    // What overrides a member of CDKTF is CDKTF's business.
    const { Private, Protected, Override } = ts.ModifierFlags;
    const hidden = declaration ? ts.getCombinedModifierFlags(declaration) & (Private | Protected | Override) : 1;
    const internal = member.getJsDocTags().some(({ name }) => name === 'internal');
    return isOurs(member) && hidden === 0 && !internal && !['prototype', 'toString', 'toTerraform'].includes(member.name);
  });
}

/** A type that options are made of: an interface, a class of values with its ways to make one, or a choice. */
function namedType(symbol: ts.Symbol, kind: 'input' | 'result', source: Source, texts: TypeTexts): string {
  const { checker } = source;
  const type = checker.getDeclaredTypeOfSymbol(symbol);
  const { text } = documentationOf(symbol, checker);
  const body = (): string | undefined => {
    const words = literals(type);
    if (words !== undefined) return `One of ${words.join(', ')}.`;
    if (symbol.flags & ts.SymbolFlags.Class) {
      return isConstruct(symbol, checker) ? attributeTable(visible(type), source, texts) : waysToMake(symbol, source, texts);
    }
    const node = symbol.declarations?.find(ts.isTypeAliasDeclaration)?.type;
    if (node && ts.isUnionTypeNode(node)) return choice(node, source, texts);
    return fieldTable(type, kind, source, texts);
  };
  return [text && cell(text), body()].filter(Boolean).join('\n\n');
}

/** A line each; what is written on the spot is taken apart. */
function choice(node: ts.UnionTypeNode, source: Source, texts: TypeTexts): string {
  const lines = node.types.map((one, index) => {
    if (!ts.isTypeLiteralNode(one)) return texts.ofNode(one);
    const fields = one.members.filter(ts.isPropertySignature).map((member) => {
      const symbol = source.checker.getSymbolAtLocation(member.name)!;
      const { text } = documentationOf(symbol, source.checker);
      return `\`${symbol.name}${member.questionToken ? '?' : ''}\`: ${texts.of(symbol)}${text && `, ${text}`}`;
    });
    return [fields.join('; '), commentBetween(node.types[index - 1]?.end ?? node.pos, one)].filter(Boolean).join(' — ');
  });
  return `One of\n\n${lines.map((line) => `- ${line}`).join('\n')}`;
}

/** Doc comments of parts of a union belong to no symbol: they stand before the bar. */
function commentBetween(from: number, node: ts.Node): string {
  const comment = /\/\*\*(.*?)\*\//s.exec(node.getSourceFile().text.slice(from, node.getStart()))?.[1] ?? '';
  return comment.replace(/\s*\n\s*\* ?/g, ' ').trim();
}

/** Of a class of values: its constructor, where it is public, and what is static. */
function waysToMake(symbol: ts.Symbol, source: Source, texts: TypeTexts): string | undefined {
  const { checker } = source;
  const [signature] = checker.getTypeOfSymbol(symbol).getConstructSignatures();
  const declaration = signature?.getDeclaration();
  const isPublic = declaration && (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Private) === 0;
  const constructed = (): string[] => {
    const { names, lines } = parameterLines(signature!.getParameters(), source, texts);
    return [`\`new ${symbol.name}(${names.join(', ')})\``, lines.map(cell).join('<br>')];
  };
  const rows = [...(isPublic ? [constructed()] : []), ...statics(symbol, checker).map((member) => methodRow(member, source, texts))];
  return rows.length > 0 ? table(['To make one', 'What it is'], rows) : undefined;
}

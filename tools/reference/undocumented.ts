import { relative } from 'node:path';
import ts from 'typescript';
import { documentationOf } from './documentation';
import { fieldTable, propsOf, visible } from './options';
import { isOurs, ROOT, type Source } from './source';
import { TypeTexts } from './type-text';

/** Options and results that nobody has described, and options that may be left out without a word on what then holds: `file:line: what`. */
export function undocumented(source: Source): string[] {
  const inputs = inputTypes(source);
  const exported = [...source.exports.values()].flat().filter(({ flags }) => flags & ts.SymbolFlags.Interface);
  const seen = new Set<ts.Symbol>();
  const complaints: string[] = [];
  for (const owner of new Set([...inputs, ...exported])) {
    for (const property of source.checker.getDeclaredTypeOfSymbol(owner).getProperties().filter(isOption)) {
      if (seen.has(property)) continue;
      const { text, default: standard, deprecated } = documentationOf(property, source.checker);
      if (deprecated !== undefined) continue;
      const missing = [
        ...(text === '' ? ['is not described'] : []),
        ...(property.flags & ts.SymbolFlags.Optional && standard === undefined && inputs.has(owner)
          ? ['may be left out, and has no @default']
          : []),
      ];
      if (inputs.has(owner)) seen.add(property);
      complaints.push(...missing.map((what) => `${placeOf(property)}: ${owner.name}.${property.name} ${what}`));
    }
  }
  return [...new Set([...complaints, ...undocumentedMembers(source)])].sort();
}

/** Attributes and methods of constructs that nobody has described. What `resource` is, a page says by itself. */
function undocumentedMembers({ checker, constructs }: Source): string[] {
  return constructs.flatMap(({ name, symbol }) =>
    [...visible(checker.getTypeOfSymbol(symbol)), ...visible(checker.getDeclaredTypeOfSymbol(symbol))]
      .filter((member) => !['resource', 'props'].includes(member.name) && documentationOf(member, checker).text === '')
      .map((member) => `${placeOf(member)}: ${name}.${member.name} is not described`),
  );
}

/** Of an interface. A choice written on the spot (`{ kind: 'file' } | …`) says what its parts are by their names. */
const isOption = (property: ts.Symbol): boolean =>
  isOurs(property) && property.declarations!.some((at) => ts.isPropertySignature(at) && ts.isInterfaceDeclaration(at.parent));

/** What people write: props of constructs, what they are made of, and what exported functions take. */
function inputTypes(source: Source): Set<ts.Symbol> {
  const { checker } = source;
  const texts = new TypeTexts(source, '');
  for (const construct of source.constructs) {
    const props = propsOf(construct, checker);
    if (props) fieldTable(props, 'input', source, texts);
    if (props?.symbol) texts.of(checker.getTypeOfSymbol(construct.symbol).getConstructSignatures()[0]!.getParameters()[2]!);
  }
  for (const symbol of [...source.exports.values()].flat().filter(({ flags }) => flags & ts.SymbolFlags.Function)) {
    const [signature] = checker.getTypeOfSymbol(symbol).getCallSignatures();
    signature?.getParameters().forEach((parameter) => texts.of(parameter));
  }
  const inputs = new Set<ts.Symbol>();
  for (const symbol of texts.named) {
    inputs.add(symbol);
    if (symbol.flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.TypeAlias))
      fieldTable(checker.getDeclaredTypeOfSymbol(symbol), 'input', source, texts);
    else symbolParameters(symbol, checker).forEach((parameter) => texts.of(parameter));
  }
  return inputs;
}

/** Parameters of the static methods of a class of values. */
function symbolParameters(symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol[] {
  return checker
    .getTypeOfSymbol(symbol)
    .getProperties()
    .filter(isOurs)
    .flatMap((member) => checker.getTypeOfSymbol(member).getCallSignatures()[0]?.getParameters() ?? []);
}

function placeOf(symbol: ts.Symbol): string {
  const declaration = symbol.declarations![0]!;
  const file = declaration.getSourceFile();
  return `${relative(ROOT, file.fileName)}:${file.getLineAndCharacterOfPosition(declaration.getStart()).line + 1}`;
}

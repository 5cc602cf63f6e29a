import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { attributeOf, propertyNames } from '../../src/elements/properties.js';

/**
 * Entry -> exported name -> its type; of a class, an interface or an object type: member -> type. Beside that the paths
 * that a page may import, and the attributes of the element with their properties.
 */
export type Contract = Record<string, Record<string, string | Record<string, string>>>;

const noTruncation = ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.UseAliasDefinedOutsideCurrentScope;

/** What the package's entries offer, as the compiler sees it. Members of the DOM's own classes are left out. */
export function readContract(): Contract {
  const { exports } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    exports: Record<string, string | { types: string; default: string }>;
  };
  const sources = Object.entries(exports).flatMap(([entry, target]) => {
    if (typeof target === 'string' || entry.includes('*') || entry.startsWith('./dist')) return [];
    return [[entry, target.types.replace('./dist', 'src').replace('.d.ts', '.ts')] as const];
  });
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile('tsconfig.json', ts.sys.readFile).config,
    ts.sys,
    '.',
  );
  const program = ts.createProgram(
    sources.map(([, file]) => file),
    options,
  );
  const checker = program.getTypeChecker();
  const seen = new Map<ts.Symbol, string>();
  const entries = sources.map(([entry, file]) => {
    const module = checker.getSymbolAtLocation(program.getSourceFile(file)!)!;
    const names = checker.getExportsOfModule(module).toSorted(byName);
    return [entry, Object.fromEntries(names.map((symbol) => [symbol.name, describeOnce(symbol, entry)]))] as const;
  });
  return {
    'package.json': Object.fromEntries(
      Object.entries(exports).map(([entry, target]) => [entry, typeof target === 'string' ? target : target.default]),
    ),
    '<jitsi-meeting>': Object.fromEntries(
      propertyNames.flatMap((name) => {
        const attribute = attributeOf(name);
        return attribute ? [[attribute, name]] : [];
      }),
    ),
    ...Object.fromEntries(entries),
  };

  /** What several entries export is described at the first. */
  function describeOnce(exported: ts.Symbol, entry: string): string | Record<string, string> {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    const before = seen.get(symbol);
    if (before) return `as in ${before}`;
    seen.set(symbol, entry);
    return describe(symbol);
  }

  function describe(symbol: ts.Symbol): string | Record<string, string> {
    if (symbol.flags & ts.SymbolFlags.Variable || symbol.flags & ts.SymbolFlags.Function)
      return text(checker.getTypeOfSymbol(symbol));
    const type = checker.getDeclaredTypeOfSymbol(symbol);
    const isObject =
      (type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) !== 0 && type.getCallSignatures().length === 0;
    if (!isObject) return text(type);
    const members = Object.fromEntries(
      type
        .getProperties()
        .filter(isOurs)
        .toSorted(byName)
        .map((member) => [member.name + optional(member), text(checker.getTypeOfSymbol(member))]),
    );
    if (!(symbol.flags & ts.SymbolFlags.Class)) return members;
    const [made] = checker.getTypeOfSymbol(symbol).getConstructSignatures();
    return { ...members, new: made ? checker.signatureToString(made, undefined, noTruncation) : '' };
  }

  function text(type: ts.Type): string {
    const written = checker.typeToString(type, undefined, noTruncation | ts.TypeFormatFlags.InTypeAlias);
    // The compiler lists the words of a union in an order of its own.
    return written.replace(/"[^"]*"(?: \| "[^"]*")+/g, (words) => words.split(' | ').sort().join(' | '));
  }
}

const byName = (one: ts.Symbol, other: ts.Symbol): number => (one.name < other.name ? -1 : 1);

const optional = (member: ts.Symbol): string => (member.flags & ts.SymbolFlags.Optional ? '?' : '');

/** Declared in this package, and not for itself alone. */
function isOurs(member: ts.Symbol): boolean {
  const [declaration] = member.getDeclarations() ?? [];
  if (!declaration || declaration.getSourceFile().fileName.includes('node_modules')) return false;
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
  const isInternal = ts.getJSDocTags(declaration).some(({ tagName }) => tagName.text === 'internal');
  return (
    !member.name.startsWith('#') &&
    !isInternal &&
    !(ts.getCombinedModifierFlags(declaration as ts.Declaration) & hidden)
  );
}

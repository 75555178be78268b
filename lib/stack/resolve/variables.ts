import { Files, InputError, Mistake, quoted } from "../../model";
import { Block, blockSource } from "../configuration";
import { Data } from "../data";
import { evaluate } from "../expression/evaluate";
import { SyntaxMistake } from "../expression/lexer";
import { parseExpression } from "../expression/template";
import { ExpressionError, toBool, toNumber, toText, typeName, Unknown, Value } from "../expression/value";
import { WorkLimit } from "../expression/work";
import { readVariableFile } from "../readers/variable-file";
import { DataScope, evaluateData } from "./evaluate-data";

/** Values for variables, as in Terraform: `--var` before `--var-file`, a later file before an earlier one, the environment last. */
export class Variables {
  private readonly fromFiles = new Map<string, Data>();
  private readonly fromCommand: ReadonlyMap<string, string>;
  private readonly fromEnvironment: ReadonlyMap<string, string>;
  private readonly complained = new Set<string>();

  /** Throws InputError with every mistake in the files. */
  constructor(
    files: Files,
    variables: Readonly<Record<string, string>>,
    variableFiles: readonly string[],
    environment: Readonly<Record<string, string>> = {},
  ) {
    this.fromCommand = new Map(Object.entries(variables));
    this.fromEnvironment = new Map(Object.entries(environment));
    for (const path of variableFiles) {
      for (const [name, value] of readVariableFile(files, path)) this.fromFiles.set(name, value);
    }
  }

  /** Names that a value was given for on the command line or in a file, sorted. */
  names(): readonly string[] {
    return [...new Set([...this.fromCommand.keys(), ...this.fromFiles.keys()])].sort();
  }

  /** The value of a declared variable: given, in the stack's own files (`values`), or its default. What is sensitive is not looked at, so that no message can show it. */
  value(block: Block, scope: DataScope, mistakes: Mistake[], values: ReadonlyMap<string, Data> = new Map()): Value {
    const { name, body } = block;
    if (body["sensitive"] === true || body["sensitive"] === "true") return new Unknown(`\${var.${name}} (sensitive)`);
    const type = typeOf(body["type"]);
    const given = this.given(name, type, scope, values);
    // A null that is given is the value, unless the variable can't be null.
    const isGiven = given !== undefined && (given !== null || isNullable(body));
    const value = isGiven || body["default"] === undefined ? given : evaluateData(body["default"], scope);
    if (value === undefined) return new Unknown(`\${var.${name}} (no value and no default)`);
    const converted = convert(value, type);
    if (converted !== undefined) return converted;
    const message = `variable ${quoted(name)} must be ${type === "number" ? "a number" : `a ${type}`}, found ${typeName(value)}`;
    if (!this.complained.has(name)) mistakes.push({ ...blockSource(block), message });
    this.complained.add(name);
    return new Unknown(`\${var.${name}}`);
  }

  private given(name: string, type: string, scope: DataScope, values: ReadonlyMap<string, Data>): Value | undefined {
    const onCommandLine = this.fromCommand.get(name);
    if (onCommandLine !== undefined) return valueOfText(`--var ${name}`, onCommandLine, name, type, scope);
    const inFile = this.fromFiles.has(name) ? this.fromFiles.get(name) : values.get(name);
    if (inFile !== undefined) return evaluateData(inFile, scope);
    const inEnvironment = this.fromEnvironment.get(name);
    return inEnvironment === undefined ? undefined : valueOfText(`TF_VAR_${name}`, inEnvironment, name, type, scope);
  }
}

function isNullable({ nullable }: Block["body"]): boolean {
  return nullable !== false && nullable !== "false";
}

/** `number`, or `${number}` as parsers of HCL give it; of a complex type only that it is one. */
function typeOf(type: Data | undefined): string {
  return typeof type === "string" ? type.replace(/^\$\{(.*)\}$/s, "$1").trim() : "";
}

function convert(value: Value, type: string): Value | undefined {
  if (value === null || value instanceof Unknown) return value;
  if (type === "number") return toNumber(value);
  if (type === "bool") return toBool(value);
  return type === "string" ? toText(value) : value;
}

/** A list, map or object outside a file is written as an expression. */
function valueOfText(where: string, text: string, name: string, type: string, scope: DataScope): Value {
  if (["", "any", "string", "number", "bool"].includes(type)) return text;
  const nothing = { work: scope.work, resolve: () => ({ value: new Unknown(`\${var.${name}}`), used: 0 }) };
  try {
    return evaluate(parseExpression(text), nothing);
  } catch (error) {
    if (!(error instanceof SyntaxMistake || error instanceof ExpressionError || error instanceof WorkLimit)) throw error;
    throw InputError.at({ file: where }, `expected a list or map such as ["a", "b"] or {a = 1}: ${error.message}`);
  }
}

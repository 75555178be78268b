import { Files, InputError, Mistake } from "../../model";
import { Block, WrittenValue } from "../configuration";
import { evaluate } from "../expression/evaluate";
import { SyntaxMistake } from "../expression/lexer";
import { parseExpression } from "../expression/template";
import { ExpressionError, Unknown, Value } from "../expression/value";
import { WorkLimit } from "../expression/work";
import { readVariableFile } from "../readers/variable-file";
import { DataScope, evaluateWritten } from "./evaluate-data";
import { constraintOf, inputValue, validate } from "./input-value";

/** Values for variables, as in Terraform: `--var` before `--var-file`, a later file before an earlier one, the environment last. */
export class Variables {
  private readonly fromFiles = new Map<string, WrittenValue>();
  private readonly fromCommand: ReadonlyMap<string, string>;
  private readonly fromEnvironment: ReadonlyMap<string, string>;
  /** By block, so that a value is converted once and complained of once. */
  private readonly read = new Map<Block, Value>();

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

  /** Names that a value was given for, sorted: on the command line, and in files alone. */
  givenNames(): { readonly onCommandLine: readonly string[]; readonly inFiles: readonly string[] } {
    const inFiles = [...this.fromFiles.keys()].filter((name) => !this.fromCommand.has(name));
    return { onCommandLine: [...this.fromCommand.keys()].sort(), inFiles: inFiles.sort() };
  }

  /** The value of a stack's declared variable: given, in the stack's own files (`values`), or its default. */
  value(block: Block, scope: DataScope, mistakes: Mistake[], values: ReadonlyMap<string, WrittenValue> = new Map()): Value {
    const done = this.read.get(block);
    if (done !== undefined) return done;
    const value = inputValue(block, this.given(block, scope, values), scope, mistakes);
    this.read.set(block, value);
    validate(block, value, scope, mistakes);
    return value;
  }

  private given(block: Block, scope: DataScope, values: ReadonlyMap<string, WrittenValue>): Value | undefined {
    const { name } = block;
    const onCommandLine = this.fromCommand.get(name);
    if (onCommandLine !== undefined) return valueOfText(`--var ${name}`, onCommandLine, block, scope);
    const inFile = this.fromFiles.get(name) ?? values.get(name);
    if (inFile !== undefined) return evaluateWritten(inFile, scope);
    const inEnvironment = this.fromEnvironment.get(name);
    return inEnvironment === undefined ? undefined : valueOfText(`TF_VAR_${name}`, inEnvironment, block, scope);
  }
}

/** Outside a file a value of a primitive type, or of none, is a text; any other is written as an expression. */
function valueOfText(where: string, text: string, block: Block, scope: DataScope): Value {
  const isText = block.body["type"] === undefined || ["string", "number", "bool"].includes(constraintOf(block)?.type as string);
  if (isText) return text;
  const nothing = { work: scope.work, resolve: () => ({ value: new Unknown(`\${var.${block.name}}`), used: 0 }) };
  try {
    return evaluate(parseExpression(text), nothing);
  } catch (error) {
    if (!(error instanceof SyntaxMistake || error instanceof ExpressionError || error instanceof WorkLimit)) throw error;
    throw InputError.at({ file: where }, `expected a list or map such as ["a", "b"] or {a = 1}: ${error.message}`);
  }
}

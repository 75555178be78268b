import { WrittenValue } from "../configuration";
import { Data, isList, isMap } from "../data";
import { evaluate, Scope } from "../expression/evaluate";
import { SyntaxMistake } from "../expression/lexer";
import { Expression } from "../expression/syntax";
import { parseTemplate } from "../expression/template";
import { ExpressionError, OpenMap, toText, Unknown, Value } from "../expression/value";
import { WorkLimit } from "../expression/work";

/** Texts are parsed once for all stacks: the same few references are in every VM. */
export class Templates {
  private readonly parsed = new Map<string, Expression | SyntaxMistake>();

  parse(text: string): Expression | SyntaxMistake {
    let result = this.parsed.get(text);
    if (result === undefined) this.parsed.set(text, (result = this.parseNew(text)));
    return result;
  }

  private parseNew(text: string): Expression | SyntaxMistake {
    try {
      return parseTemplate(text);
    } catch (error) {
      if (error instanceof SyntaxMistake) return error;
      throw error;
    }
  }
}

/** Whether a text has anything in it that is not plain. */
export function isTemplate(text: string): boolean {
  return text.includes("${") || text.includes("%{");
}

/** Whether data stands for itself, with nothing in it to evaluate. */
export function isPlain(data: Data | undefined): data is boolean | number | string {
  if (typeof data === "string") return !isTemplate(data);
  return typeof data === "number" ? isExact(data) : typeof data === "boolean";
}

/** A file's larger numbers may have lost digits, or be infinite, when it was read as JSON. */
function isExact(number: number): boolean {
  return Math.abs(number) <= Number.MAX_SAFE_INTEGER;
}

/** `open`: the provider may fill its maps further. */
export interface DataScope extends Scope {
  readonly templates: Templates;
  readonly open: boolean;
}

/** The value of data with `${…}` in it. Never throws: what can't be evaluated is an Unknown that names the expression. */
export function evaluateData(data: Data, scope: DataScope): Value {
  try {
    return scope.work.deeper(() => evaluateParts(data, scope));
  } catch (error) {
    if (error instanceof WorkLimit) return new Unknown(typeof data === "string" ? named(data, error.message) : error.message);
    throw error;
  }
}

/** A variable's value from a file. */
export function evaluateWritten({ data, isLiteral }: WrittenValue, scope: DataScope): Value {
  return isLiteral ? literalValue(data) : evaluateData(data, scope);
}

/** Data with nothing in it to evaluate. How deep it is, its file limits. */
function literalValue(data: Data): Value {
  if (isList(data)) return data.map(literalValue);
  if (isMap(data)) return new Map(Object.entries(data).map(([key, value]) => [key, literalValue(value)]));
  return typeof data === "number" ? plainNumber(data) : data;
}

function plainNumber(number: number): Value {
  return isExact(number) ? number : new Unknown("a number of more digits than are followed");
}

function evaluateParts(data: Data, scope: DataScope): Value {
  if (typeof data === "string") return isTemplate(data) ? evaluateText(data, scope) : data;
  if (typeof data === "number") return plainNumber(data);
  if (isList(data)) return data.map((item) => evaluateData(item, scope));
  if (!isMap(data)) return data;
  const result = scope.open ? new OpenMap() : new Map<string, Value>();
  for (const key of Object.keys(data)) {
    const name = isTemplate(key) ? toText(evaluateText(key, scope)) : key;
    if (name === undefined) return new Unknown(named(key, "a key that is not known"));
    result.set(name, evaluateData(data[key]!, scope));
  }
  return result;
}

function evaluateText(text: string, scope: DataScope): Value {
  const expression = scope.templates.parse(text);
  if (expression instanceof SyntaxMistake) return new Unknown(named(text, expression.message));
  try {
    const value = evaluate(expression, scope);
    return value instanceof Unknown && value.why === "" ? new Unknown(named(text)) : value;
  } catch (error) {
    if (error instanceof ExpressionError || error instanceof WorkLimit) return new Unknown(named(text, error.message));
    throw error;
  }
}

const MAX_NAMED = 120;

/** The expression, and the reason in parentheses, short enough for a message. */
function named(text: string, reason?: string): string {
  const short = text.length > MAX_NAMED ? `${text.slice(0, MAX_NAMED)}…` : text;
  return reason === undefined ? short : `${short} (${reason})`;
}

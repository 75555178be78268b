import { BinaryOperator } from "./syntax";
import { Computed, ExpressionError, isInstance, isList, isMap, toBool, toNumber, typeName, Unknown, Value, whyUnknown } from "./value";
import { Work } from "./work";

export function unary(operator: "!" | "-", operand: Value): Value {
  const why = whyUnknown(operand);
  if (why !== undefined) return new Unknown(why);
  return operator === "!" ? !bool(operand) : -number(operand);
}

export function binary(operator: BinaryOperator, left: Value, right: Value, work: Work): Value {
  if (operator === "==" || operator === "!=") return equality(operator, left, right, work);
  if (operator === "&&" || operator === "||") return logical(operator, left, right);
  const why = whyUnknown(left) ?? whyUnknown(right);
  if (why !== undefined) return new Unknown(why);
  return calculate(operator, number(left), number(right));
}

function calculate(operator: "<" | "<=" | ">" | ">=" | "+" | "-" | "*" | "/" | "%", left: number, right: number): Value {
  switch (operator) {
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
    case "+":
      return finite(left + right);
    case "-":
      return finite(left - right);
    case "*":
      return finite(left * right);
    case "/":
      return finite(left / right);
    case "%":
      return finite(left % right);
  }
}

function logical(operator: "&&" | "||", left: Value, right: Value): Value {
  const deciding = operator === "||";
  const [first, second] = [left, right].map((value) => (whyUnknown(value) === undefined ? bool(value) : undefined));
  if (first === deciding || second === deciding) return deciding;
  const why = whyUnknown(left) ?? whyUnknown(right);
  return why === undefined ? !deciding : new Unknown(why);
}

function equality(operator: "==" | "!=", left: Value, right: Value, work: Work): Value {
  const same = equal(left, right, work);
  if (same instanceof Unknown) return same;
  return same === (operator === "==");
}

/** Deep equality as Terraform has it: values of different types are not equal; undecided where a part is not known. */
export function equal(left: Value, right: Value, work: Work): boolean | Unknown {
  return work.deeper(() => {
    if (left instanceof Computed && right instanceof Computed && left.attribute === right.attribute) {
      if (left.instance === right.instance) return true;
    }
    if (isInstance(left) && left === right) return true;
    const why = whyUnknown(left) ?? whyUnknown(right);
    if (why !== undefined) return new Unknown(why);
    if (isList(left) && isList(right)) {
      return left.length === right.length ? all(left.map((value, at) => equal(value, right[at]!, work))) : false;
    }
    if (isMap(left) && isMap(right)) {
      if (left.size !== right.size) return false;
      return all([...left].map(([key, value]) => (right.has(key) ? equal(value, right.get(key)!, work) : false)));
    }
    return left === right;
  });
}

function all(results: readonly (boolean | Unknown)[]): boolean | Unknown {
  return results.includes(false) ? false : (results.find((result) => result instanceof Unknown) ?? true);
}

function bool(value: Value): boolean {
  const result = toBool(value);
  if (result === undefined) throw new ExpressionError(`${typeName(value)} is no bool`);
  return result;
}

export function number(value: Value): number {
  const result = toNumber(value);
  if (result === undefined) throw new ExpressionError(`${typeName(value)} is no number`);
  return result;
}

/** Terraform calculates with far more digits: what a double can't hold is not known here. */
export function finite(value: number): Value {
  if (Number.isNaN(value)) throw new ExpressionError("division by zero");
  return Math.abs(value) <= Number.MAX_SAFE_INTEGER ? value : new Unknown("a number beyond 2^53");
}

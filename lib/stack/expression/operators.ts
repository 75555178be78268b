import * as arithmetic from "./arithmetic";
import { Numeric } from "./arithmetic";
import { equal } from "./equality";
import { BinaryOperator } from "./syntax";
import { ExpressionError, toBool, toNumeric, typeName, Unknown, Value, whyUnknown } from "./value";
import { Work } from "./work";

export function unary(operator: "!" | "-", operand: Value): Value {
  const why = whyUnknown(operand);
  if (why !== undefined) return new Unknown(why);
  return operator === "!" ? !bool(operand) : arithmetic.negate(number(operand));
}

export function binary(operator: BinaryOperator, left: Value, right: Value, work: Work): Value {
  if (operator === "==" || operator === "!=") return equality(operator, left, right, work);
  if (operator === "&&" || operator === "||") return logical(operator, left, right);
  const why = whyUnknown(left) ?? whyUnknown(right);
  if (why !== undefined) return new Unknown(why);
  work.spend(1);
  return calculate(operator, number(left), number(right));
}

function calculate(operator: "<" | "<=" | ">" | ">=" | "+" | "-" | "*" | "/" | "%", left: Numeric, right: Numeric): Value {
  switch (operator) {
    case "<":
      return arithmetic.compare(left, right) < 0;
    case "<=":
      return arithmetic.compare(left, right) <= 0;
    case ">":
      return arithmetic.compare(left, right) > 0;
    case ">=":
      return arithmetic.compare(left, right) >= 0;
    case "+":
      return arithmetic.add(left, right);
    case "-":
      return arithmetic.subtract(left, right);
    case "*":
      return arithmetic.multiply(left, right);
    case "/":
      return arithmetic.divide(left, right);
    case "%":
      return arithmetic.remainder(left, right);
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

function bool(value: Value): boolean {
  const result = toBool(value);
  if (result === undefined) throw new ExpressionError(`${typeName(value)} is no bool`);
  return result;
}

export function number(value: Value): Numeric {
  const result = toNumeric(value);
  if (result === undefined) throw new ExpressionError(`${typeName(value)} is no number`);
  return result;
}

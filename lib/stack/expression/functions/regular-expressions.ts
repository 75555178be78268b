import type { Matcher, RE2JS } from "re2js";
import { Table } from "../table";
import { Type } from "../types/type";
import { ListOf, Value } from "../value";
import { checkSize, MAX_ELEMENTS, MAX_TEXT, Work } from "../work";
import { fail, textOf } from "./arguments";

/** Functions with regular expressions, as Go has them: what a file from outside asks for ends in linear time. */
export const regexFunctions: Table = [
  ["regex", ([pattern, of], work) => first(textOf(pattern), textOf(of), work)],
  ["regexall", ([pattern, of], work) => all(textOf(pattern), textOf(of), work)],
  ["replace", ([of, part, by], work) => replace(textOf(of), textOf(part), textOf(by), work)],
];

function first(pattern: string, of: string, work: Work): Value {
  const { expression, groups } = compile(pattern, of, work);
  const matcher = expression.matcher(of);
  return matcher.find() ? groups(matcher) : fail("regex: the pattern matches nothing");
}

function all(pattern: string, of: string, work: Work): Value {
  const { expression, groups, type } = compile(pattern, of, work);
  const found: Value[] = [];
  for (const match of matches(expression, of)) {
    checkSize(found.length + 1, MAX_ELEMENTS);
    found.push(groups(match));
  }
  return new ListOf(type, found);
}

/** Every match in turn. As in Go, nothing is not found again where something was just found. */
function* matches(expression: RE2JS, of: string): Generator<Matcher> {
  const matcher = expression.matcher(of);
  let end = -1;
  while (matcher.find()) {
    if (matcher.end() > matcher.start() || matcher.start() !== end) yield matcher;
    end = matcher.end();
  }
}

/** Between slashes the part is a regular expression. */
function replace(of: string, part: string, by: string, work: Work): Value {
  if (part.length > 1 && part.startsWith("/") && part.endsWith("/")) return replaceMatches(of, part.slice(1, -1), by, work);
  // Nothing is found before each letter and at the end.
  const pieces = part === "" ? ["", ...of, ""] : of.split(part);
  checkSize(of.length + pieces.length * by.length, MAX_TEXT);
  return pieces.join(by);
}

function replaceMatches(of: string, pattern: string, by: string, work: Work): Value {
  const { expression } = compile(pattern, of, work);
  const names = new Set(Object.keys(expression.namedGroups()));
  const template = replacement(by);
  let result = "";
  let at = 0;
  for (const matcher of matches(expression, of)) {
    result += of.slice(at, matcher.start());
    for (const piece of template) result += typeof piece === "string" ? piece : groupText(matcher, piece.group, names);
    checkSize(result.length, MAX_TEXT);
    at = matcher.end();
  }
  return result + of.slice(at);
}

/** What Go's `Expand` puts in: `$1`, `$name`, `${name}` with the longest name that can be read, `$$` for a dollar. */
function replacement(by: string): readonly (string | { readonly group: string })[] {
  return by.split(/(\$\$|\$[\p{L}\p{Nd}_]+|\$\{[\p{L}\p{Nd}_]+\})/u).map((piece, at) => {
    if (at % 2 === 0) return piece;
    return piece === "$$" ? "$" : { group: piece.replace(/[${}]/g, "") };
  });
}

/** Empty for a group that there is not, or that matched nothing. */
function groupText(matcher: Matcher, group: string, names: ReadonlySet<string>): string {
  if (!/^(?:0|[1-9]\d*)$/.test(group)) return names.has(group) ? (matcher.group(group) ?? "") : "";
  return Number(group) <= matcher.groupCount() ? (matcher.group(Number(group)) ?? "") : "";
}

interface Compiled {
  readonly expression: RE2JS;
  /** What a match comes to: the text, or what each group holds, by name or in order. */
  readonly groups: (matcher: Matcher) => Value;
  readonly type: Type;
}

function compile(pattern: string, of: string, work: Work): Compiled {
  work.spend(pattern.length + ((pattern.length * of.length) >> 10));
  const expression = parse(pattern);
  const names = Object.keys(expression.namedGroups());
  const count = expression.groupCount();
  if (count === 0) return { expression, type: "string", groups: (matcher) => matcher.group() };
  if (names.length === 0) return { expression, type: tupleOf(count), groups: (matcher) => groupsOf(matcher, count) };
  if (names.length < count) fail("regex: named and unnamed groups can't be mixed");
  const attributes = new Map<string, Type>(names.map((name) => [name, "string"]));
  return {
    expression,
    type: { kind: "object", attributes },
    groups: (matcher) => new Map(names.map((name) => [name, matcher.group(name)])),
  };
}

function tupleOf(count: number): Type {
  return { kind: "tuple", of: Array.from({ length: count }, () => "string" as const) };
}

function groupsOf(matcher: Matcher, count: number): Value {
  return Array.from({ length: count }, (_, at) => matcher.group(at + 1));
}

function parse(pattern: string): RE2JS {
  // Loaded only here: most stacks have no regular expression.
  const { RE2JS, RE2JSException } = require("re2js") as typeof import("re2js");
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    if (error instanceof RE2JSException) fail(`regex: ${error.message}`);
    throw error;
  }
}

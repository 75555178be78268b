import type { Document, Node, Pair } from "yaml";
import { quotedUnseen } from "./write-json";
import { commentOn, Notes, Written } from "./written";

type Yaml = typeof import("yaml");

/** Every string is in double quotes: so `no`, `1e3` and `*x` are strings to every reader of YAML, of whatever version. */
const STYLE = { lineWidth: 0, defaultStringType: "QUOTE_DOUBLE", defaultKeyType: "PLAIN", doubleQuotedAsJSON: true } as const;

export function writeYaml({ inventory, notes }: Written): string {
  // Loaded only here: it takes longer than the rest together.
  const yaml = require("yaml") as Yaml;
  const document = new yaml.Document();
  document.contents = nodeOf(inventory, notes, yaml, document);
  return quotedUnseen(document.toString(STYLE));
}

function nodeOf(value: unknown, notes: Notes, yaml: Yaml, document: Document): Node {
  if (value === null || typeof value !== "object") return document.createNode(value);
  if (Array.isArray(value)) {
    const list = new yaml.YAMLSeq();
    list.flow = value.length === 0;
    list.items = value.map((element) => nodeOf(element, notes, yaml, document));
    return list;
  }
  const map = new yaml.YAMLMap();
  withComment(map, commentOn(value, "", notes));
  map.items = Object.entries(value).map(([field, part]): Pair => {
    const key = withComment(new yaml.Scalar(field), commentOn(value, field, notes));
    return new yaml.Pair(key, nodeOf(part, notes, yaml, document));
  });
  return map;
}

function withComment<N extends Node>(node: N, comment: string | undefined): N {
  if (comment !== undefined) node.commentBefore = ` ${comment}`;
  return node;
}

import type { SaxesParser as Parser, SaxesTagNS } from "saxes";
import { MalformedAnswer } from "../errors";
import { XmlElement } from "./element";

/** Deeper than any answer of vCenter: a folder tree comes as a list, and a snapshot tree has 32 levels at most. */
export const DEEPEST = 100;

const XSI = "http://www.w3.org/2001/XMLSchema-instance";

interface Open {
  readonly name: string;
  readonly type: string | undefined;
  readonly objectType: string | undefined;
  readonly children: XmlElement[];
  text: string;
}

/**
 * The document's root. Entities that a document declares itself are refused with its DOCTYPE, so that nothing expands; only
 * the five of XML and character references are read.
 *
 * @throws MalformedAnswer where it is not well-formed, nested too deeply, or declares a document type
 */
export function parseXml(text: string): XmlElement {
  const open: Open[] = [];
  let root: XmlElement | undefined;
  const parser = newParser();
  parser.on("error", ({ message }) => refuse(`it is not well-formed XML: ${message}`));
  parser.on("doctype", () => refuse("it declares a document type; expected none"));
  parser.on("opentag", (tag) => {
    if (open.length === DEEPEST) refuse(`it is nested more than ${DEEPEST} deep`);
    open.push({ name: tag.local, type: attribute(tag, XSI)?.replace(/^.*:/, ""), objectType: attribute(tag, ""), children: [], text: "" });
  });
  const addText = (more: string): void => {
    const inner = open.at(-1);
    if (inner) inner.text += more;
  };
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.on("closetag", () => {
    const closed = open.pop();
    const outer = open.at(-1);
    if (closed && outer) outer.children.push(closed);
    else root = closed;
  });
  parser.write(text).close();
  return root ?? refuse("it is empty");
}

type NamespaceParser = Parser<{ xmlns: true }>;

/** Loaded with the first answer: a provider starts often only to tell its schema. */
function newParser(): NamespaceParser {
  const { SaxesParser } = require("saxes") as typeof import("saxes");
  return new SaxesParser({ xmlns: true });
}

/** The value of `type` in that namespace. */
function attribute({ attributes }: SaxesTagNS, namespace: string): string | undefined {
  return Object.values(attributes).find(({ local, uri }) => local === "type" && uri === namespace)?.value;
}

function refuse(why: string): never {
  throw new MalformedAnswer(why);
}

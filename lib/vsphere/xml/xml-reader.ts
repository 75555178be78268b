import type { SaxesAttributeNS, SaxesParser as Parser, SaxesTagNS, XMLDecl } from "saxes";
import { MalformedAnswer } from "../errors";
import { Allowance } from "./allowance";
import { XmlElement } from "./element";

/** Deeper than any answer of vCenter: a folder tree comes as a list, and a snapshot tree has 32 levels at most. */
const DEEPEST = 100;
/** Characters between tags, or in one: the longest texts are notes of VMs and values of their configuration. */
const LONGEST_TEXT = 2 ** 20;
const LONGEST_NAME = 256;
/** The root has four or five, all of namespaces; others have two at most. */
const MOST_ATTRIBUTES = 32;
const LONGEST_ATTRIBUTE = 4096;

const XSI = "http://www.w3.org/2001/XMLSchema-instance";

interface Open {
  readonly name: string;
  readonly type: string | undefined;
  readonly objectType: string | undefined;
  children: XmlElement[];
  text: string;
}

/** What most elements have; one array for all of them. */
const NO_CHILDREN: XmlElement[] = [];

/**
 * Reads a document as it arrives, in bounded memory. Entities that a document declares itself are refused with its DOCTYPE, so that
 * nothing expands; only the five of XML and character references are read. XML 1.1, which can carry control characters, is refused.
 *
 * Every method throws MalformedAnswer where the document is not well-formed, larger than allowed, or says what no SOAP answer says.
 */
export class XmlReader {
  private readonly open: Open[] = [];
  private readonly names = new Map<string, string>();
  private readonly parser = this.newParser();
  private root: XmlElement | undefined;
  private attributes = 0;
  /** Characters since the parser has told anything: as much as it holds. */
  private quiet = 0;

  constructor(private readonly allowance: Allowance) {}

  write(text: string): void {
    this.quiet += text.length;
    this.parser.write(text);
    if (this.quiet > LONGEST_TEXT) refuse(`it has a tag or a text of more than ${LONGEST_TEXT} characters`);
  }

  /** The root. */
  end(): XmlElement {
    this.parser.close();
    return this.root ?? refuse("it is empty");
  }

  /** saxes is loaded with the first answer: a provider starts often only to tell its schema. */
  private newParser(): Parser<{ xmlns: true }> {
    const { SaxesParser } = require("saxes") as typeof import("saxes");
    const parser = new SaxesParser({ xmlns: true });
    parser.on("error", ({ message }) => refuse(`it is not well-formed XML: ${message}`));
    parser.on("xmldecl", checkDeclaration);
    parser.on("doctype", () => refuse("it declares a document type; expected none"));
    parser.on("processinginstruction", () => refuse("it has a processing instruction; expected none"));
    parser.on("comment", () => this.hear());
    parser.on("opentagstart", ({ name }) => this.beginTag(name));
    parser.on("attribute", (attribute) => this.checkAttribute(attribute));
    parser.on("opentag", (tag) => this.openElement(tag));
    parser.on("text", (text) => this.addText(text));
    parser.on("cdata", (text) => this.addText(text));
    parser.on("closetag", () => this.closeElement());
    return parser;
  }

  private hear(): void {
    this.quiet = 0;
  }

  private beginTag(name: string): void {
    this.hear();
    this.attributes = 0;
    this.allowance.takeElement();
    if (name.length > LONGEST_NAME) refuse(`an element's name has more than ${LONGEST_NAME} characters`);
    if (this.open.length === DEEPEST) refuse(`it is nested more than ${DEEPEST} deep`);
  }

  private checkAttribute({ name, value }: Pick<SaxesAttributeNS, "name" | "value">): void {
    this.hear();
    if (++this.attributes > MOST_ATTRIBUTES) refuse(`an element has more than ${MOST_ATTRIBUTES} attributes`);
    if (name.length + value.length > LONGEST_ATTRIBUTE) refuse(`an attribute has more than ${LONGEST_ATTRIBUTE} characters`);
  }

  private openElement(tag: SaxesTagNS): void {
    const type = attribute(tag, XSI)?.replace(/^.*:/, "");
    const objectType = attribute(tag, "");
    this.open.push({
      name: this.once(tag.local),
      type: this.once(type),
      objectType: this.once(objectType),
      children: NO_CHILDREN,
      text: "",
    });
  }

  private addText(more: string): void {
    this.hear();
    const inner = this.open.at(-1);
    if (!inner) return;
    inner.text += more;
    if (inner.text.length > LONGEST_TEXT) refuse(`a text has more than ${LONGEST_TEXT} characters`);
  }

  private closeElement(): void {
    this.hear();
    const closed = this.open.pop();
    const outer = this.open.at(-1);
    // Between elements there are only line ends and spaces.
    if (closed && closed.children !== NO_CHILDREN) closed.text = "";
    if (!closed || !outer) this.root = closed;
    else if (outer.children === NO_CHILDREN) outer.children = [closed];
    else outer.children.push(closed);
  }

  /** The same few names come a hundred thousand times. */
  private once<T extends string | undefined>(name: T): T;
  private once(name: string | undefined): string | undefined {
    if (name === undefined) return undefined;
    const known = this.names.get(name);
    if (known === undefined) this.names.set(name, name);
    return known ?? name;
  }
}

function checkDeclaration({ version, encoding }: XMLDecl): void {
  if (version !== "1.0") refuse(`it is XML ${version}; expected 1.0`);
  if (encoding !== undefined && encoding.toLowerCase() !== "utf-8") refuse(`it is encoded as ${encoding}; expected UTF-8`);
}

/** The value of `type` in that namespace. */
function attribute({ attributes }: SaxesTagNS, namespace: string): string | undefined {
  for (const name in attributes) {
    const found = attributes[name];
    if (found?.local === "type" && found.uri === namespace) return found.value;
  }
  return undefined;
}

function refuse(why: string): never {
  throw new MalformedAnswer(why);
}

import { UnsendableText } from "../errors";
import { XmlNode } from "./element";

/** An element with text or children; children that are undefined are left out, which is how an optional parameter is omitted. */
export function node(name: string, content: string | readonly (XmlNode | undefined)[], attributes: XmlNode["attributes"] = {}): XmlNode {
  return { name, attributes, content: typeof content === "string" ? content : content.filter((child) => child !== undefined) };
}

/**
 * The element as text. By hand, because there is one thing to get right, what `escape` does; builders from libraries infer
 * elements from object keys, where order and absent values matter here.
 *
 * @throws UnsendableText where a value has a character that XML can't carry
 */
export function writeXml({ name, attributes, content }: XmlNode): string {
  const head = Object.entries(attributes).map(([key, value]) => ` ${key}="${escape(value)}"`);
  const inner = typeof content === "string" ? escape(content) : content.map(writeXml).join("");
  return `<${name}${head.join("")}>${inner}</${name}>`;
}

// Line ends and tabs as references, because a parser normalizes plain ones; "]]>" must not stand in text.
const SPECIAL = /[&<>"'\t\r\n]/g;
// XML 1.0, production Char; a surrogate is matched by the u flag only where it has no partner.
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\ud800-\udfff]/u;

function escape(value: string): string {
  const found = FORBIDDEN.exec(value);
  if (found) {
    const code = found[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
    throw new UnsendableText(`a value has the character U+${code}, which can't be sent to vCenter; leave it out`);
  }
  return value.replace(SPECIAL, (character) => `&#${character.charCodeAt(0)};`);
}

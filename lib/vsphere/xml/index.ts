export type { XmlElement, XmlNode } from "./element";
export { parseXml } from "./parse-xml";
export { node, writeXml } from "./write-xml";

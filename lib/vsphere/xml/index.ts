export { Allowance } from "./allowance";
export type { XmlElement, XmlNode } from "./element";
export { node, writeXml } from "./write-xml";
export { XmlReader } from "./xml-reader";

import { HttpAnswer } from "./connection";
import { ConnectionError, MalformedAnswer } from "./errors";
import { soapFault } from "./fault";
import { Reference, referenceNode } from "./reference";
import { child, optionalChild } from "./values";
import { node, writeXml, XmlElement, XmlNode } from "./xml";

/** A method of a managed object with its parameters, in the order of the API's documentation. */
export interface Call {
  readonly on: Reference;
  readonly method: string;
  readonly parameters?: readonly (XmlNode | undefined)[];
  /** Whether it may be made a second time without harm, when nobody knows if the first arrived. */
  readonly repeatable: boolean;
}

const ENVELOPE = {
  "xmlns:soapenv": "http://schemas.xmlsoap.org/soap/envelope/",
  "xmlns:xsd": "http://www.w3.org/2001/XMLSchema",
  "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
};

export function envelope({ on, method, parameters = [] }: Call): string {
  const body = node(method, [referenceNode("_this", on), ...parameters], { xmlns: "urn:vim25" });
  return `<?xml version="1.0" encoding="UTF-8"?>${writeXml(node("soapenv:Envelope", [node("soapenv:Body", [body])], ENVELOPE))}`;
}

/**
 * The method's response element.
 *
 * @throws VsphereFault as vCenter answers
 * @throws ConnectionError where something else than vCenter answers
 * @throws MalformedAnswer
 */
export function openEnvelope({ status, root }: HttpAnswer, { method }: Call, what: string): XmlElement {
  if (!root) throw wrongStatus(status);
  if (root.name !== "Envelope") throw new MalformedAnswer(`it begins with <${root.name}>; expected a SOAP envelope`);
  const content = child(root, "Body");
  const fault = optionalChild(content, "Fault");
  if (fault) throw soapFault(fault, what);
  return child(content, `${method}Response`);
}

function wrongStatus(status: number): ConnectionError {
  if (status === 503) return new ConnectionError("vCenter is not ready (HTTP 503); is it starting? try again later", false, true);
  if (status === 502 || status === 504)
    return new ConnectionError(`vCenter's API is not answering (HTTP ${status}); try again later`, true, true);
  return new ConnectionError(`the server answered HTTP ${status} where vCenter's API should be; is vsphere_server a vCenter?`, true, false);
}

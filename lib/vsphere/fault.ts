import { cleanText } from "./clean-text";
import { MalformedAnswer, VsphereFault } from "./errors";
import { children, optionalChild, optionalText, referenceOf } from "./values";
import { XmlElement } from "./xml";

/** The fault in a SOAP answer's `<Fault>`. `what` was asked for, in words for the user: `UpdatePassthruConfig on host-21`. */
export function soapFault(fault: XmlElement, what: string): VsphereFault {
  const detail = optionalChild(fault, "detail")?.children[0];
  const message = optionalText(fault, "faultstring") ?? "";
  return describe(detail, detail?.type ?? detail?.name.replace(/Fault$/, "") ?? "unknown", message, what);
}

/** The fault in a LocalizedMethodFault: of a task, or of a property that can't be read. */
export function localizedFault(element: XmlElement, what: string): VsphereFault {
  const fault = optionalChild(element, "fault");
  if (!fault) throw new MalformedAnswer(`<${element.name}> has no <fault>`);
  return describe(fault, fault.type ?? "unknown", optionalText(element, "localizedMessage") ?? "", what);
}

/** Of what is said, in characters, so that no part keeps out the others. */
const LONGEST_PART = 800;

function describe(detail: XmlElement | undefined, type: string, message: string, what: string): VsphereFault {
  const known = detail && KNOWN[type]?.(detail);
  const parts = known === undefined ? [message, ...causes(detail)] : [known];
  const said = [...new Set(parts.map((part) => cleanText(part, LONGEST_PART)).filter((part) => part !== ""))].join(" ");
  const shortType = cleanText(type, 80);
  return new VsphereFault(`vCenter refused ${what}: ${said === "" ? shortType : `${said} (${shortType})`}`, shortType);
}

/** Where we know better than vCenter's general text what to do. */
const KNOWN: Readonly<Record<string, (detail: XmlElement) => string | undefined>> = {
  InvalidLogin: () => "the user name or the password is wrong; check user and password",
  NotAuthenticated: () => "the session has ended, and a new one was not accepted either",
  ManagedObjectNotFound: (detail) => {
    const object = optionalChild(detail, "obj");
    return object && `there is no ${referenceInWords(object)}; was it removed, or is it another vCenter's?`;
  },
  NoPermission: (detail) => {
    const object = optionalChild(detail, "object");
    const privilege = optionalText(detail, "privilegeId");
    if (privilege === undefined) return undefined;
    return `the user lacks the privilege ${privilege}${object ? ` on ${referenceInWords(object)}` : ""}; give it a role that has it`;
  },
};

function referenceInWords(element: XmlElement): string {
  const { type, id } = referenceOf(element);
  return `${type} ${id}`;
}

/** Faults carry details as `faultMessage`s and chains of `faultCause`. */
function causes(detail: XmlElement | undefined): readonly string[] {
  if (!detail) return [];
  const messages = children(detail, "faultMessage").map((message) => optionalText(message, "message") ?? "");
  const cause = optionalChild(detail, "faultCause");
  if (!cause) return messages;
  return [...messages, optionalText(cause, "localizedMessage") ?? "", ...causes(optionalChild(cause, "fault"))];
}

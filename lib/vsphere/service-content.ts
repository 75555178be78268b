import { cleanText } from "./clean-text";
import { VsphereError } from "./errors";
import { Reference } from "./reference";
import { Call } from "./soap";
import { child, optionalText, referenceOf, text } from "./values";
import { XmlElement } from "./xml";

/** vCenter's own objects, and the version of the API that is spoken with it. */
export interface ServiceContent {
  readonly serviceInstance: Reference;
  readonly sessionManager: Reference;
  readonly propertyCollector: Reference;
  readonly searchIndex: Reference;
  readonly version: string;
  /** Tells one vCenter from every other, whatever name it is reached by. */
  readonly instanceUuid: string | undefined;
}

const SERVICE_INSTANCE: Reference = { type: "ServiceInstance", id: "ServiceInstance" };

/** Privilege: none, not even a session (vSphere Web Services API, ServiceInstance). */
export const retrieveServiceContent: Call = { on: SERVICE_INSTANCE, method: "RetrieveServiceContent", repeatable: true };

/** The newest version of which anything is used: hardware labels came with it. A newer vCenter still speaks it. */
const SPOKEN = "7.0.2.0";
const OLDEST = "7.0";

/** @throws VsphereError where vCenter is too old for dynamic devices */
export function readServiceContent(response: XmlElement): ServiceContent {
  const content = child(response, "returnval");
  const offered = text(child(content, "about"), "apiVersion");
  if (compareVersions(offered, OLDEST) < 0) {
    throw new VsphereError(`vCenter speaks version ${cleanText(offered, 80)} of its API; expected ${OLDEST} or newer`);
  }
  return {
    serviceInstance: SERVICE_INSTANCE,
    sessionManager: referenceOf(child(content, "sessionManager")),
    propertyCollector: referenceOf(child(content, "propertyCollector")),
    searchIndex: referenceOf(child(content, "searchIndex")),
    instanceUuid: optionalText(child(content, "about"), "instanceUuid"),
    version: compareVersions(offered, SPOKEN) < 0 ? offered : SPOKEN,
  };
}

/** Numbers between dots; one that is no number is older than any. */
function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split(".").map((part) => (/^\d{1,9}$/.test(part) ? Number(part) : -1)));
  for (let index = 0; index < 4; index++) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

import { MalformedAnswer } from "./errors";
import { retrieveOne } from "./properties";
import { Reference } from "./reference";
import { Session } from "./session";
import { optionalChild, referenceOf, textOf } from "./values";
import { node } from "./xml";

/**
 * The root resource pool of the host's cluster, or of the host itself where it is in none.
 *
 * Privilege: System.View.
 */
export async function rootResourcePool(session: Session, host: Reference, signal: AbortSignal): Promise<Reference> {
  const compute = await referenceAt(session, host, "parent", signal);
  return referenceAt(session, compute, "resourcePool", signal);
}

/**
 * The folder at that path below the VM folder of the datacenter that an object is in, as the vSphere provider's `folder` names it;
 * the VM folder itself for the empty path. Undefined where there is none.
 *
 * Privilege: System.View (vSphere Web Services API, SearchIndex.FindChild).
 */
export async function vmFolder(session: Session, inside: Reference, path: string, signal: AbortSignal): Promise<Reference | undefined> {
  let place = inside;
  for (let steps = 0; place.type !== "Datacenter"; steps++) {
    if (steps === DEEPEST_FOLDER) throw new MalformedAnswer(`${inside.type} ${inside.id} is in more than ${DEEPEST_FOLDER} folders`);
    place = await referenceAt(session, place, "parent", signal);
  }
  let folder: Reference | undefined = await referenceAt(session, place, "vmFolder", signal);
  for (const name of path.split("/").filter((part) => part !== "")) {
    folder = await findChild(session, folder, name, signal);
    if (folder?.type !== "Folder") return undefined;
  }
  return folder;
}

/** Deeper than anybody's folders: those who go round in a circle never come to a datacenter. */
const DEEPEST_FOLDER = 100;

/**
 * What has that name in a folder.
 *
 * Privilege: System.View (vSphere Web Services API, SearchIndex.FindChild).
 */
export async function findChild(session: Session, folder: Reference, name: string, signal: AbortSignal): Promise<Reference | undefined> {
  const found = await session.call(
    ({ searchIndex }) => ({
      on: searchIndex,
      method: "FindChild",
      parameters: [node("entity", folder.id, { type: folder.type }), node("name", name)],
      repeatable: true,
    }),
    signal,
  );
  const reference = optionalChild(found, "returnval");
  return reference && referenceOf(reference);
}

/** Privilege: System.View. */
export async function nameOf(session: Session, reference: Reference, signal: AbortSignal): Promise<string> {
  const name = (await retrieveOne(session, reference, ["name"], signal)).get("name");
  return name ? textOf(name) : reference.id;
}

async function referenceAt(session: Session, from: Reference, property: string, signal: AbortSignal): Promise<Reference> {
  const value = (await retrieveOne(session, from, [property], signal)).get(property);
  if (!value) throw new MalformedAnswer(`${from.type} ${from.id} has no ${property}`);
  return referenceOf(value);
}

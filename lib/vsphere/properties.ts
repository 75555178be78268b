import { MalformedAnswer, VsphereFault } from "./errors";
import { localizedFault } from "./fault";
import { Reference, referenceNode } from "./reference";
import { Session } from "./session";
import { child, children, optionalChild, optionalText, referenceOf, text } from "./values";
import { Allowance, node, XmlElement, XmlNode } from "./xml";

export interface Retrieval {
  readonly from: Reference;
  /** Properties of each type, by their paths (`config.hardware.device`). */
  readonly properties: Readonly<Record<string, readonly string[]>>;
  /** A property of `from` that leads to further objects. */
  readonly along?: string;
}

/** A managed object's properties, as they were asked for. One that is unset has no value. */
export interface ManagedObject {
  readonly reference: Reference;
  /** @throws VsphereFault where it can't be read */
  readonly get: (path: string) => XmlElement | undefined;
  /** The same, undefined where it can't be read. */
  readonly find: (path: string) => XmlElement | undefined;
}

/**
 * Properties of one object, and of those that one of its properties leads to.
 *
 * Privilege: System.View on what is found, System.Read where the property's documentation says so (vSphere Web Services API,
 * PropertyCollector.RetrievePropertiesEx).
 *
 * @throws VsphereFault ManagedObjectNotFound where there is no such object
 */
export async function retrieve(session: Session, retrieval: Retrieval, signal: AbortSignal): Promise<readonly ManagedObject[]> {
  const objects: ManagedObject[] = [];
  const tokens = new Set<string>();
  // For all pages together.
  const allowance = new Allowance();
  const first = await session.call(
    ({ propertyCollector }) => ({
      on: propertyCollector,
      method: "RetrievePropertiesEx",
      parameters: [filter(retrieval), node("options", [])],
      repeatable: true,
    }),
    signal,
    allowance,
  );
  let page = optionalChild(first, "returnval");
  while (page) {
    const found = children(page, "objects").map(managedObject);
    for (const object of found) objects.push(object);
    const token = optionalText(page, "token");
    if (token === undefined) return objects;
    if (found.length === 0) throw new MalformedAnswer("a page of objects has none, and is not the last");
    if (tokens.has(token)) throw new MalformedAnswer("a page of objects names itself as the next");
    if (tokens.add(token).size === MOST_PAGES) throw new MalformedAnswer(`it comes in more than ${MOST_PAGES} pages`);
    const next = await session.call(
      ({ propertyCollector }) => ({
        on: propertyCollector,
        method: "ContinueRetrievePropertiesEx",
        parameters: [node("token", token)],
        // A token is spent with its first use.
        repeatable: false,
      }),
      signal,
      allowance,
    );
    page = child(next, "returnval");
  }
  return objects;
}

/** vCenter puts a hundred objects into one, or more. */
const MOST_PAGES = 1000;

/** Properties of one object. @throws MalformedAnswer where vCenter tells those of another */
export async function retrieveOne(
  session: Session,
  from: Reference,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<ManagedObject> {
  const [object] = await retrieve(session, { from, properties: { [from.type]: paths } }, signal);
  if (object && (object.reference.id !== from.id || object.reference.type !== from.type)) {
    throw new MalformedAnswer(`asked for ${from.type} ${from.id}, it tells of ${object.reference.type} ${object.reference.id}`);
  }
  if (!object) throw new VsphereFault(`vCenter tells nothing of ${from.type} ${from.id}; may the user see it?`, "NoPermission");
  return object;
}

function filter({ from, properties, along }: Retrieval): XmlNode {
  const wanted = Object.entries(properties).map(([type, paths]) =>
    node("propSet", [node("type", type), ...paths.map((path) => node("pathSet", path))]),
  );
  const traversal =
    along === undefined
      ? undefined
      : node("selectSet", [node("type", from.type), node("path", along), node("skip", "false")], { "xsi:type": "TraversalSpec" });
  return node("specSet", [...wanted, node("objectSet", [referenceNode("obj", from), node("skip", "false"), traversal])]);
}

function managedObject(element: XmlElement): ManagedObject {
  const reference = referenceOf(child(element, "obj"));
  const values = new Map<string, XmlElement>();
  for (const property of children(element, "propSet")) {
    const name = text(property, "name");
    if (values.has(name)) throw new MalformedAnswer(`it tells ${name} of ${reference.type} ${reference.id} twice`);
    values.set(name, child(property, "val"));
  }
  const missing = new Map(children(element, "missingSet").map((property) => [text(property, "path"), property]));
  return {
    reference,
    get: (path) => {
      const why = missing.get(path);
      if (why) throw localizedFault(child(why, "fault"), `${path} of ${reference.type} ${reference.id}`);
      return values.get(path);
    },
    find: (path) => values.get(path),
  };
}

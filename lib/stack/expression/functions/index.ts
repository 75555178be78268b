import { nearMiss } from "../../../model";
import { collectionFunctions } from "../collections";
import { numberFunctions } from "../numbers";
import { World } from "../world";
import { Implementation } from "../table";
import { isInstance, isList, isMap, Unknown, Value, whyUnknown } from "../value";
import { Work } from "../work";
import { csvFunctions } from "./csv";
import { dateFunctions } from "./dates";
import { encodingFunctions } from "./encodings";
import { fileFunctions } from "./files";
import { hashFunctions } from "./hashes";
import { jsonFunctions } from "./json";
import { networkFunctions } from "./networks";
import { pathFunctions } from "./paths";
import { regexFunctions } from "./regular-expressions";
import { setFunctions } from "./sets";
import { textFunctions } from "./texts";
import { yamlFunctions } from "./yaml";

export { readText } from "./files";

const FUNCTIONS: ReadonlyMap<string, Implementation> = new Map([
  ...textFunctions,
  ...regexFunctions,
  ...numberFunctions,
  ...collectionFunctions,
  ...setFunctions,
  ...encodingFunctions,
  ...jsonFunctions,
  ...yamlFunctions,
  ...csvFunctions,
  ...hashFunctions,
  ...networkFunctions,
  ...dateFunctions,
  ...pathFunctions,
  ...fileFunctions,
  ["nonsensitive", ([of]) => of!],
  ["issensitive", ([of]) => (whyUnknown(of!) !== undefined && !isInstance(of!) ? new Unknown(whyUnknown(of!)!) : false)],
  ["ephemeralasnull", ([of]) => of!],
]);

/** How many arguments must be known, where not all: these functions choose among the others. */
const NEEDED: ReadonlyMap<string, number> = new Map([
  ["coalesce", 0],
  ["nonsensitive", 0],
  ["issensitive", 0],
  ["contains", 1],
  ["lookup", 2],
]);

/** Why some functions have no value before Terraform runs. */
const UNDETERMINED: ReadonlyMap<string, string> = new Map([
  ["uuid", "a new one each time"],
  ["bcrypt", "another one each time"],
  ["rsadecrypt", "a secret"],
  ["sensitive", "sensitive"],
]);

/** Calls one of Terraform's functions. One that is not read here, or that is called on something unknown, gives an Unknown. */
export function callFunction(name: string, args: readonly Value[], work: Work, around?: World): Value {
  const plain = name.replace(/^core::/, "");
  const implementation = FUNCTIONS.get(plain);
  if (implementation === undefined) return new Unknown(`\${${name}(…)} (${whyNot(plain, work)})`);
  const needed = args.slice(0, NEEDED.get(plain) ?? args.length);
  const why = needed.map((arg) => whyUnknown(arg)).find((each) => each !== undefined);
  if (why !== undefined) return new Unknown(why);
  work.spend(args.reduce<number>((sum, arg) => sum + size(arg), 1));
  return implementation(args, work, around);
}

function whyNot(name: string, work: Work): string {
  if (name.startsWith("provider::")) return "a function of a provider, which is not started";
  const known = UNDETERMINED.get(name);
  if (known !== undefined) return known;
  work.spend(FUNCTIONS.size);
  const near = nearMiss(name, FUNCTIONS.keys());
  return `a function that is not evaluated${near === undefined ? "" : `; did you mean ${near}?`}`;
}

function size(value: Value): number {
  return isList(value) ? value.length : isMap(value) ? value.size : typeof value === "string" ? value.length >> 4 : 0;
}

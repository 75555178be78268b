import { collectionFunctions } from "./collections";
import { numberFunctions } from "./numbers";
import { Implementation } from "./table";
import { textFunctions } from "./texts";
import { isList, isMap, Unknown, Value, whyUnknown } from "./value";
import { Work } from "./work";

const FUNCTIONS: ReadonlyMap<string, Implementation> = new Map([...textFunctions, ...numberFunctions, ...collectionFunctions]);

/** How many arguments must be known, where not all: these functions choose among the others. */
const NEEDED: ReadonlyMap<string, number> = new Map([
  ["coalesce", 0],
  ["nonsensitive", 0],
  ["contains", 1],
  ["lookup", 2],
]);

/** Calls one of Terraform's functions. One that is not read here, or that is called on something unknown, gives an Unknown. */
export function callFunction(name: string, args: readonly Value[], work: Work): Value {
  const implementation = FUNCTIONS.get(name);
  if (implementation === undefined) return new Unknown(`\${${name}(…)} (a function that is not evaluated)`);
  const needed = args.slice(0, NEEDED.get(name) ?? args.length);
  const why = needed.map((arg) => whyUnknown(arg)).find((each) => each !== undefined);
  if (why !== undefined) return new Unknown(why);
  work.spend(args.reduce<number>((sum, arg) => sum + size(arg), 1));
  return implementation(args, work);
}

function size(value: Value): number {
  return isList(value) ? value.length : isMap(value) ? value.size : typeof value === "string" ? value.length >> 4 : 0;
}

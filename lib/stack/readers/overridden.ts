import { Mistake } from "../../model";
import { Block, blockAddress, blockSource } from "../configuration";
import { Data, DataMap, isList, isMap } from "../data";

/** Nested blocks that hold conditions: Terraform does not let an override file have them. */
const CONDITIONS = ["precondition", "postcondition", "validation"];

/** What of a resource's `lifecycle` an override file changes; anything else that it says there has no effect. */
const LIFECYCLE = ["create_before_destroy", "ignore_changes", "prevent_destroy"];

/**
 * A block with what an override file says of it: arguments one by one, nested blocks by their type as a whole, as Terraform's
 * MergeBodies does. The merged block knows what was written where.
 */
export function overridden(base: Block, by: Block, mistakes: Mistake[]): Block {
  refuseWhatCannot(by, mistakes);
  const body = Object.assign(Object.create(null) as Record<string, Data>, withoutTypes(base.body, typesIn(by.body)));
  for (const key of Object.keys(by.body)) {
    if (key === "//" || key === "dynamic" || key === "lifecycle") continue;
    body[key] = by.body[key]!;
  }
  const dynamic = [...dynamicsOf(body), ...dynamicsOf(by.body)];
  if (dynamic.length > 0) body["dynamic"] = dynamic;
  const lifecycle = mergedLifecycle(base.body, by.body);
  if (lifecycle !== undefined) body["lifecycle"] = lifecycle;
  // Of both, wherever they stand, Terraform looks at count first.
  if ("count" in body) delete body["for_each"];
  return { ...base, body, written: [...(base.written ?? [base]), by] };
}

function refuseWhatCannot(by: Block, mistakes: Mistake[]): void {
  const address = blockAddress(by);
  if (isList(by.body["depends_on"]) && by.body["depends_on"].length > 0) {
    mistakes.push({ ...blockSource(by, "depends_on"), message: `${address}: an override file can't change depends_on` });
  }
  const holders: readonly (readonly [string, DataMap])[] = [
    ["", by.body],
    ...bodiesOf(by.body["lifecycle"]).map((each) => ["lifecycle", each] as const),
  ];
  for (const [attribute, body] of holders) {
    for (const name of CONDITIONS) {
      if (name in body)
        mistakes.push({ ...blockSource(by, attribute || name), message: `${address}: an override file can't have ${name} blocks` });
    }
  }
}

/** The types of nested blocks in a body, `dynamic` ones included; names of its arguments are among them. */
function typesIn(body: DataMap): ReadonlySet<string> {
  return new Set([...Object.keys(body), ...dynamicsOf(body).flatMap((each) => Object.keys(each))]);
}

/** A body without the nested blocks of these types, `dynamic` ones included. */
function withoutTypes(body: DataMap, types: ReadonlySet<string>): DataMap {
  const rest: Record<string, Data> = {};
  for (const key of Object.keys(body)) {
    if (key === "//" || key === "lifecycle" || !(types.has(key) || key === "dynamic")) rest[key] = body[key]!;
  }
  const dynamic = dynamicsOf(body).map((each) => Object.fromEntries(Object.entries(each).filter(([type]) => !types.has(type))));
  return dynamic.length === 0 ? rest : { ...rest, dynamic };
}

function dynamicsOf({ dynamic }: DataMap): readonly DataMap[] {
  return bodiesOf(dynamic);
}

function mergedLifecycle(base: DataMap, by: DataMap): readonly Data[] | undefined {
  const before = bodiesOf(base["lifecycle"]);
  const changes = bodiesOf(by["lifecycle"]).map((each) =>
    Object.fromEntries(Object.entries(each).filter(([key]) => LIFECYCLE.includes(key))),
  );
  if (changes.length === 0) return undefined;
  const merged = Object.assign(Object.create(null) as Record<string, Data>, ...before, ...changes.map(withoutEmptyList)) as DataMap;
  return [ignoresAll(before) && isList(merged["ignore_changes"]) ? { ...merged, ignore_changes: "all" } : merged];
}

/** An empty list changes nothing. */
function withoutEmptyList(lifecycle: DataMap): DataMap {
  const { ignore_changes: ignored, ...rest } = lifecycle;
  return ignored === undefined || (isList(ignored) && ignored.length === 0) ? rest : lifecycle;
}

/** That all is ignored stays, whatever else is named later. */
function ignoresAll(lifecycles: readonly DataMap[]): boolean {
  return lifecycles.some(({ ignore_changes: ignored }) => typeof ignored === "string" && /^(?:\$\{)?all\}?$/.test(ignored));
}

/** An object, or a list of such. */
function bodiesOf(data: Data | undefined): readonly DataMap[] {
  return (isList(data) ? data : [data]).filter(isMap);
}

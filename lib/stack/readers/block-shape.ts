import { Mistake, nearMiss, quoted } from "../../model";
import { Block, blockAddress, blockSource } from "../configuration";
import { Data, isList, isMap } from "../data";

const NAME = /^[\p{ID_Start}_][\p{ID_Continue}-]*$/u;

/** What means something else in a `module` block, where variables are given their values. */
const RESERVED: ReadonlySet<string> = new Set(["source", "version", "providers", "count", "for_each", "lifecycle", "depends_on", "locals"]);

/** Without it the block says nothing. */
const REQUIRED: Partial<Record<Block["kind"], string>> = { output: "value", module: "source" };

/** Arguments that others resemble: a newer version may have more, so that only what looks like a slip of these is one. */
const VARIABLE = ["default", "description", "ephemeral", "nullable", "sensitive", "type", "validation"];
const LIFECYCLE = ["create_before_destroy", "ignore_changes", "postcondition", "precondition", "prevent_destroy", "replace_triggered_by"];

/** What Terraform refuses of a block whatever it refers to. `isOverride`: what a block must have may stand in the file that it overrides. */
export function shapeMistakes(block: Block, isOverride: boolean): readonly Mistake[] {
  const { kind, name, body } = block;
  const what = kind === "variable" ? `variable ${quoted(name)}` : blockAddress(block);
  const mistakes: Mistake[] = [];
  const add = (message: string, attribute?: string): void => void mistakes.push({ ...blockSource(block, attribute), message });
  if (!NAME.test(name)) add(`${quoted(name)} is no name: expected a letter or an underscore, then letters, digits, underscores and dashes`);
  if (kind === "variable" && RESERVED.has(name))
    add(`a variable can't be called ${quoted(name)}, which means something else in a module block`);
  const required = REQUIRED[kind];
  if (required !== undefined && !isOverride && !(required in body)) add(`${what} has no ${required}, which is required`);
  if (kind === "variable") for (const key of slips(Object.keys(body), VARIABLE)) add(`${what}: ${key.message}`, key.name);
  const lifecycles = body["lifecycle"] === undefined ? [] : listOf(body["lifecycle"]).filter(isMap);
  if (lifecycles.length > 1) add(`${what} has ${lifecycles.length} lifecycle blocks, expected one`, "lifecycle");
  const inLifecycle = lifecycles.flatMap((each) => slips(Object.keys(each), LIFECYCLE));
  for (const { message } of inLifecycle) add(`${what}: lifecycle: ${message}`, "lifecycle");
  return mistakes;
}

function slips(names: readonly string[], known: readonly string[]): readonly { readonly name: string; readonly message: string }[] {
  return names.flatMap((name) => {
    const near = known.includes(name) ? undefined : nearMiss(name, known);
    return near === undefined ? [] : [{ name, message: `unknown argument ${quoted(name)}; did you mean ${quoted(near)}?` }];
  });
}

function listOf(data: Data): readonly Data[] {
  return isList(data) ? data : [data];
}

import { Mistake, nearMiss, quoted } from "../../model";
import { Block, blockAddress, blockSource, Configuration } from "../configuration";

/** What a `module` block says of the call itself; everything else is for the module's variables. */
const META: ReadonlySet<string> = new Set(["//", "count", "depends_on", "for_each", "lifecycle", "providers", "source", "version"]);

/** Arguments that the module has no variable for, and variables that have to be given: Terraform refuses both. */
export function argumentMistakes(call: Block, { variables }: Configuration): readonly Mistake[] {
  const address = blockAddress(call);
  const unwanted = Object.keys(call.body).filter((name) => !META.has(name) && !variables.has(name));
  const lacking = [...variables.values()].filter(({ name, body }) => !("default" in body) && !(name in call.body));
  return [
    ...unwanted.map((name) => {
      const near = nearMiss(name, variables.keys());
      const hint = near === undefined ? "" : `; did you mean ${quoted(near)}?`;
      return { ...blockSource(call, name), message: `${address} gives ${quoted(name)}, and its module has no such variable${hint}` };
    }),
    ...lacking.map(({ name }) => ({
      ...blockSource(call),
      message: `${address} does not give ${quoted(name)}, which its module requires`,
    })),
  ];
}

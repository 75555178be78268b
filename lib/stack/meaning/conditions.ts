import { Mistake } from "../../model";
import { Block, blockSource } from "../configuration";
import { Data, DataMap, isList, isMap } from "../data";
import { toText } from "../expression/value";
import { DataScope, evaluateData } from "../resolve/evaluate-data";

/**
 * The preconditions of a block that are certainly false, with which Terraform makes no plan. One whose value is not known, or that can't
 * be evaluated here, may well hold. `scopes`: of each instance, with its address.
 */
export function failedPreconditions(block: Block, scopes: Iterable<readonly [address: string, scope: DataScope]>): readonly Mistake[] {
  const holder = block.kind === "output" ? [block.body] : bodiesOf(block.body["lifecycle"]);
  const conditions = holder.flatMap((each) => bodiesOf(each["precondition"]));
  if (conditions.length === 0) return [];
  const attribute = block.kind === "output" ? "precondition" : "lifecycle";
  return [...scopes].flatMap(([address, scope]) =>
    conditions.flatMap((condition) => {
      const { condition: data = null, error_message: message = null } = condition;
      const value = evaluateData(data, scope);
      if (value !== false && value !== "false") return [];
      const why = toText(evaluateData(message, scope));
      const words = why === undefined ? "" : `: ${why.replace(/\s+/g, " ").trim()}`;
      const { places, lines } = block.file;
      const at = places.get(condition)?.at;
      const source = at === undefined ? blockSource(block, attribute) : lines.at(at);
      return [{ ...source, message: `a precondition of ${address} is false, so Terraform makes no plan${words}` }];
    }),
  );
}

function bodiesOf(data: Data | undefined): readonly DataMap[] {
  return (isList(data) ? data : [data]).filter(isMap);
}

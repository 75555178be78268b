import { PlanNote } from "../../model";
import { blockAddress, blockSource } from "../configuration";
import { ModuleScope } from "../resolve/module-scope";
import { Module } from "../modules/module";

/** Of each module that is not at hand, and is not left out by its count, a note with what would bring it. */
export function notReadNotes(stack: ModuleScope): readonly PlanNote[] {
  const notes = new Map<string, PlanNote>();
  for (const { scope } of stack.all()) {
    for (const [name, { block, called }] of scope.module.calls) {
      const address = scope.module.inside(blockAddress(block));
      if (called instanceof Module || notes.has(address) || scope.calls.get(name)!.some().length === 0) continue;
      const message = `${address} is not read, and VMs in it are not judged: ${called.why}`;
      const fix = `correct the source of ${address}: a path that begins with ./ or ../ leads from the folder of the file that says it`;
      const place = { resource: address, source: blockSource(block) };
      notes.set(address, { rule: "module-not-read", ...place, message, ...(called.isWrong === true && { fix }) });
    }
  }
  return [...notes.values()];
}

import { Facts, PlacedVm } from "./facts/facts";
import { isRefused, leavesCluster } from "./move-refused";
import { Hit, Rule } from "./rule";

export const moveNotJudged: Rule = {
  id: "move-not-judged",
  severity: "error",
  title: "a plan moves a running VM to another cluster or host",
  explanation:
    "Whether the VM can move is not judged. To another host it is a warning, where it has no passthrough devices; to another cluster an " +
    "error.",
  fix: "a VM with passthrough devices can't be moved while it runs: replace it, or move it first",
  check: (facts) => facts.vms.flatMap((placed) => hitOf(facts, placed)),
};

function hitOf(facts: Facts, placed: PlacedVm): readonly Hit[] {
  const { vm, place } = placed;
  const { action, move } = vm;
  if (move === undefined || action === "replace-create-first" || action === "replace-destroy-first") return [];
  const leaves = leavesCluster(placed, facts);
  if (!leaves && (!move.by.includes("host_system_id") || isRefused(placed, facts) || vm.isOff)) return [];
  const where = leaves ? "cluster" : "host";
  const message = `the plan moves ${facts.nameOf(vm.address)} to another ${where} while it exists: whether it can move is not judged`;
  return [{ ...place, message, ...(!leaves && { severity: "warning" as const }) }];
}

import { Plan } from "../../model";

/** For a stack: the addresses of everything in the stacks that are applied before it (O8). One list for all that ask. */
export function earlierStacks(plan: Plan): (stack: string) => readonly string[] {
  const dependsOn = new Map(plan.stacks.map((stack) => [stack.name, stack.dependsOn]));
  const nodes = [...plan.vms, ...plan.deviceChanges, ...(plan.clusterChanges ?? [])];
  const byStack = new Map<string, readonly string[]>();
  return (stack) => {
    let earlier = byStack.get(stack);
    if (!earlier) {
      const stacks = reachable(stack, dependsOn);
      earlier = stacks.size === 0 ? [] : nodes.filter((node) => stacks.has(node.stack)).map(({ address }) => address);
      byStack.set(stack, earlier);
    }
    return earlier;
  };
}

function reachable(name: string, dependsOn: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const found = new Set<string>();
  const queue = [name];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const dependency of dependsOn.get(next) ?? []) {
      if (dependency === name || found.has(dependency)) continue;
      found.add(dependency);
      queue.push(dependency);
    }
  }
  return found;
}

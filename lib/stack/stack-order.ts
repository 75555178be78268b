import { groupBy, InputError, listing, PlanStack } from "../model";
import { reachable } from "./graph/reachable";
import { strongComponents } from "./graph/strong-components";
import { ModuleScope } from "./resolve/module-scope";
import { Workspace } from "./resolve/workspace";

/** The selected stacks with what is applied before each. Throws InputError where stacks wait for each other. */
export function stackOrder(workspace: Workspace, selected: readonly ModuleScope[]): readonly PlanStack[] {
  const all = workspace.stacks;
  const before = stacksBefore(workspace);
  const indexes = new Map(all.map((stack, index) => [stack, index]));
  const successors = all.map((stack) => before.get(stack)!.map((other) => indexes.get(other)!));
  const cycle = strongComponents(successors).find(({ length }) => length > 1);
  if (cycle !== undefined) {
    const names = cycle.map((at) => all[at]!.module.stack).sort();
    throw InputError.at({ file: all[cycle[0]!]!.module.configuration.file }, `these stacks depend on each other: ${listing(names)}`);
  }
  const isSelected = new Set(selected);
  return selected.map((stack) => {
    const dependsOn = before
      .get(stack)!
      .filter((other) => isSelected.has(other))
      .map(({ module }) => module.stack);
    const { name, file } = stack.module.configuration;
    const servers = [...new Set([...stack.all()].flatMap(({ scope }) => scope.providers.all()))];
    return { name, file, dependsOn: dependsOn.sort(), ...(servers.length > 0 && { servers }) };
  });
}

/** Pairs of events of which one waits for the other because its stack does: as many as a chain of 2,450 stacks with a VM each has. */
const MAX_PAIRS = 3_000_000;

/** Throws InputError where a list of what each stack waits for would take more than is there. */
export function refuseLongChains(stacks: readonly PlanStack[], events: readonly { readonly stack: string }[]): void {
  const byStack = groupBy(events, ({ stack }) => stack);
  const sizes = stacks.map(({ name }) => byStack.get(name)?.length ?? 0);
  const indexes = new Map(stacks.map(({ name }, index) => [name, index]));
  const successors = stacks.map(({ dependsOn }) => dependsOn.flatMap((name) => indexes.get(name) ?? []));
  const found = reachable(successors, [...stacks.keys()]);
  const before = (at: number): number => found!.from(at).reduce((sum, other) => sum + sizes[other]!, 0);
  if (found !== undefined && sizes.reduce((sum, size, at) => (size === 0 ? sum : sum + before(at)), 0) <= MAX_PAIRS) return;
  const message = `${stacks.length} stacks depend on each other in chains too long to judge: check them in parts, with --stack`;
  throw InputError.at({ file: stacks[0]!.file }, message);
}

/** Of each stack those that the app says, and those whose outputs it reads. */
function stacksBefore(workspace: Workspace): ReadonlyMap<ModuleScope, readonly ModuleScope[]> {
  const byName = new Map(workspace.stacks.map((stack) => [stack.module.stack, stack]));
  return new Map(
    workspace.stacks.map((stack) => {
      const named = stack.module.configuration.dependsOn.flatMap((name) => byName.get(name) ?? []);
      const read = [...stack.module.all()].flatMap(({ resources }) => resources.flatMap((resource) => workspace.remoteOf(resource) ?? []));
      return [stack, [...new Set([...named, ...read])].filter((other) => other !== stack)] as const;
    }),
  );
}

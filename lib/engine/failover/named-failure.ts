import { FailingRestarts } from "../../model";
import { PlacementSpace } from "./placement-space";
import { WorstCase, byCodeUnit } from "./worst-case";
import { HostStates } from "../state-space/host-states";
import { Course } from "../state-space/restart-course";
import { Problem } from "../compile/problem";

/**
 * A failure and its course of restarts with names, so that a person can follow it: where the batch is before, who restarts where in which
 * order. Equal hosts and VMs stand for each other: those that fail and stay off are the ones that F4 names, and each restart finds
 * the first survivor that looks as it did there. Undefined where nobody stays off, or VMs were moved to make room.
 */
export function namedFailure(
  problem: Problem,
  states: HostStates,
  { batch }: Pick<PlacementSpace, "batch">,
  { placement, failed, hosts, vms }: WorstCase,
  { restarts }: Course,
): FailingRestarts | undefined {
  if (!restarts || vms.length === 0) return undefined;
  const { classes } = problem;
  const down = new Set(failed);
  const slotOf = slotsByName(problem, down);
  const hostOf = (slot: number): string => slotOf(slot).host.name;
  const unplaced = new Map(batch.map(({ vmClass: { index } }) => [index, classes[index]!.members.map(({ id }) => id).sort(byCodeUnit)]));
  const placed: { readonly vm: string; readonly host: string }[] = [];
  /** By class: who is on the hosts that fail. */
  const lost = classes.map((): string[] => []);
  // The first names of the batch are those that are told to stay off, so they are on the hosts that fail.
  for (const slot of [...failed, ...placement.hosts.keys()].filter((slot, at) => at < failed.length || !down.has(slot))) {
    const { members } = placement.hosts[slot]!;
    for (const index of members) {
      const vm = unplaced.get(index)?.shift();
      if (vm === undefined) continue;
      placed.push({ vm, host: hostOf(slot) });
      if (down.has(slot)) lost[index]!.push(vm);
    }
    if (!down.has(slot)) continue;
    for (const { class: index, vm } of slotOf(slot).occupants) if (members.includes(index)) lost[index]!.push(vm.id);
  }
  const survivors = [...placement.hosts.entries()]
    .flatMap(([slot, host]) => (down.has(slot) ? [] : [{ name: hostOf(slot), state: states.forRestart(host) }]))
    .sort((a, b) => byCodeUnit(a.name, b.name));
  const isOff = new Set(vms);
  const steps = restarts.map(({ vmClass, at }) => {
    const names = lost[vmClass.index]!.sort(byCodeUnit);
    const next = names.findIndex((name) => isOff.has(name) === (at === undefined));
    const survivor = at && survivors.find(({ state }) => state === at.from);
    if (next < 0 || (at && !survivor)) throw new Error(`a restart can't be repeated: ${vmClass.members[0]!.id}`);
    const [vm] = names.splice(next, 1);
    if (!at || !survivor) return { vm: vm! };
    survivor.state = at.next;
    return { vm: vm!, host: survivor.name };
  });
  placed.sort((a, b) => byCodeUnit(a.vm, b.vm));
  return { hosts, ...(placed.length > 0 ? { placed } : {}), restarts: steps, off: vms };
}

/** By slot of the placement: the slot whose name it has, where of each kind the first hosts are those that fail. */
function slotsByName({ slots, kinds }: Problem, down: ReadonlySet<number>): (slot: number) => Problem["slots"][number] {
  const named = new Map<number, number>();
  for (const { index } of kinds) {
    const all = slots.flatMap(({ kind }, slot) => (kind === index ? [slot] : []));
    const turned = [...all.filter((slot) => down.has(slot)), ...all.filter((slot) => !down.has(slot))];
    turned.forEach((slot, at) => named.set(slot, all[at]!));
  }
  return (slot) => slots[named.get(slot)!]!;
}

import { EvacuationSearch } from "../state-space/explore-evacuation";
import { Transition } from "../state-space/transition";
import { Budget } from "../packing/budget";
import { FilledPlacements } from "./filled-placements";
import { MostOff } from "./most-off";
import { PlacementSpace } from "./placement-space";
import { RestartInstance } from "./restart-instance";
import { nearest, priceBook, scaleOf, victimsOf } from "./survival";
import { byCodeUnit, compareLists } from "./worst-case";

/** Kinds of hosts that are looked at: each costs a few placements. */
const MOST_KINDS = 12;

/** The VMs that stay down while a host is away. */
export interface Blocked {
  readonly host: string;
  readonly down: readonly string[];
}

/**
 * F6 without looking at every placement: what a few placements leave down, each in its best order, where a bound over all placements says
 * that it can't be more, and names say that it can't be others that come first. Undefined where one host is not settled so.
 * `instance`: the VMs with devices return, and dedicated failover hosts take nothing.
 */
export function mostDown(transition: Transition, space: PlacementSpace, instance: RestartInstance, budget: Budget): Blocked[] | undefined {
  const { problem, hosts } = transition;
  const { classes, kinds, slots } = problem;
  if (!instance.isCovered || instance.bindsBatch) return undefined;
  const asks = ({ requests }: { readonly requests: readonly number[] }): boolean => requests.length > 0;
  const bound = new MostOff(
    instance,
    victimsOf(instance).map((items) => ({ items, lists: listsFor(instance, items) })),
    space.base.hosts.map(({ members }) => members.flatMap((index) => (classes[index]!.static && asks(classes[index]!) ? [1] : []))),
  );
  const sumsOf = (slot: number): number[] => bound.nothing.map((start, index) => start + bound.shares[index]![slot]!);
  const mostOn = (slot: number): number => bound.of(sumsOf(slot)).at(-1) ?? 0;
  const open = kinds.flatMap(({ index }) => {
    const slot = slots.findIndex(({ kind }) => kind === index);
    return instance.usable.includes(slot) && mostOn(slot) > 0 ? [slot] : [];
  });
  if (open.length > MOST_KINDS) return undefined;
  const search = new EvacuationSearch(problem, hosts, budget.another());
  const filled = new FilledPlacements(problem, space, budget.another());
  const samples = space.samples();
  const blocked: Blocked[] = [];
  for (const slot of open) {
    const most = mostOn(slot);
    const end = [...filled.on([slot]), ...samples]
      .flatMap((placement) => {
        const rest = placement.hosts.filter((_, other) => other !== slot).map((host) => hosts.forRestart(host));
        const here = classes.map(() => 0);
        for (const index of placement.hosts[slot]!.members) if (asks(classes[index]!)) here[index]!++;
        return search.fewestDown(rest, here) ?? [];
      })
      .find((down) => down.reduce((sum, count) => sum + count, 0) === most);
    if (!end) return undefined;
    for (const twin of slots.filter(({ kind }) => kind === slots[slot]!.kind)) {
      const isHere = (index: number): boolean => space.base.hosts[slot]!.members.includes(index);
      const occupants = twin.occupants.filter(({ class: index }) => isHere(index) && asks(classes[index]!));
      const batch = space.batch.filter(({ vmClass }) => asks(vmClass) && kinds[twin.kind]!.mayPowerOn[vmClass.index]);
      const down = end.flatMap((count, index) => {
        const ids = occupants.filter(({ class: own }) => own === index).map(({ vm }) => vm.id);
        return (classes[index]!.occupant ? ids : classes[index]!.members.map(({ id }) => id)).sort(byCodeUnit).slice(0, count);
      });
      const all = [...occupants.map(({ vm }) => vm.id), ...batch.flatMap(({ vmClass }) => vmClass.members.map(({ id }) => id))];
      const first = all.sort(byCodeUnit).slice(0, most);
      if (compareLists(down.sort(byCodeUnit), first) > 0) return undefined;
      blocked.push({ host: twin.host.name, down });
    }
  }
  return blocked.sort((a, b) => byCodeUnit(a.host, b.host));
}

function listsFor(instance: RestartInstance, { demand }: ReturnType<typeof victimsOf>[number]): MostOffLists {
  const scales = priceBook(instance)(demand).lists.map((list) => ({ list, ...scaleOf(instance, demand, list, () => true) }));
  return nearest(scales, 1, instance.usable).map(({ list }) => list);
}

type MostOffLists = ConstructorParameters<typeof MostOff>[1][number]["lists"];

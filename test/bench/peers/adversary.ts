import { Bin, Item, Packing, Shape } from "./packing";
import { Random } from "../../clusters/random";

/** A host while it is filled. */
interface Room {
  readonly host: string;
  readonly free: number[];
  memoryMb: number;
  cpuMhz: number;
}

/** Who goes where: the VM's place in `vms`, by host. */
export type Filled = ReadonlyMap<string, readonly Shape[]>;

const ORDERS = ["size", "memory", "cpu", "chance"] as const;
const CHOICES = ["devices", "memory", "cpu", "chance"] as const;

/**
 * Plays against one VM of each shape: the others power on before it, each on a host that would do for it, so that in the end
 * none does. True where that works out for some VM, and then it is a proof: an order, hosts and devices that leave it off.
 */
export function keepsOut({ bins, items }: Packing, random: Random): boolean {
  return items.some((victim) =>
    ORDERS.some((order) => CHOICES.some((choice) => blocks(victim, bins, othersOf(victim, items), order, choice, random))),
  );
}

function othersOf(victim: Item, items: readonly Item[]): Shape[] {
  return items.flatMap((item) => new Array<Shape>(item === victim ? item.count - 1 : item.count).fill(item));
}

function blocks(
  victim: Shape,
  bins: readonly Bin[],
  others: readonly Shape[],
  order: (typeof ORDERS)[number],
  choice: (typeof CHOICES)[number],
  random: Random,
): boolean {
  let open = bins.map(roomOf).filter((room) => fits(room, victim));
  for (const vm of sorted(others, order, random)) {
    const rooms = open.filter((room) => fits(room, vm));
    if (rooms.length === 0) continue;
    const room =
      choice === "chance"
        ? random.pick(rooms)
        : rooms.reduce((best, each) => (roomFor(victim, each, choice) > roomFor(victim, best, choice) ? each : best));
    take(room, vm, victim, random);
    open = open.filter((each) => fits(each, victim));
  }
  return open.length === 0;
}

function sorted(vms: readonly Shape[], order: (typeof ORDERS)[number], random: Random): readonly Shape[] {
  const shuffled = random.shuffled(vms);
  if (order === "chance") return shuffled;
  const key = { size: ({ size }: Shape) => size, memory: ({ memoryMb }: Shape) => memoryMb, cpu: ({ cpuMhz }: Shape) => cpuMhz }[order];
  return shuffled.sort((a, b) => key(b) - key(a));
}

/** How much of what the victim may have is left. */
function roomFor(victim: Shape, room: Room, choice: "devices" | "memory" | "cpu"): number {
  if (choice === "memory") return room.memoryMb;
  return choice === "cpu" ? room.cpuMhz : matching(room, victim);
}

/**
 * All VMs in any order on any host with any devices: one of the outcomes of a batch, or undefined where the order that was drawn
 * leaves one off.
 */
export function fillAtRandom(
  { bins, items }: Packing,
  random: Random,
): { readonly bins: readonly Bin[]; readonly filled: Filled } | undefined {
  const rooms = bins.map(roomOf);
  const filled = new Map<string, Shape[]>();
  for (const vm of random.shuffled(items.flatMap((item) => new Array<Shape>(item.count).fill(item)))) {
    const open = rooms.filter((room) => fits(room, vm));
    if (open.length === 0) return undefined;
    const room = random.pick(open);
    take(room, vm, undefined, random);
    filled.set(room.host, [...(filled.get(room.host) ?? []), vm]);
  }
  return { bins: rooms, filled };
}

function roomOf({ host, free, memoryMb, cpuMhz }: Bin): Room {
  return { host, free: [...free], memoryMb, cpuMhz };
}

function fits(room: Room, vm: Shape): boolean {
  return matching(room, vm) >= vm.size && room.memoryMb >= vm.memoryMb && room.cpuMhz >= vm.cpuMhz;
}

function matching({ free }: Room, { allowed }: Shape): number {
  return free.reduce((sum, count, index) => (allowed[index] ? sum + count : sum), 0);
}

/** Of the devices that it may have those first that the victim may have too, else any. */
function take(room: Room, { size, allowed, memoryMb, cpuMhz }: Shape, victim: Shape | undefined, random: Random): void {
  room.memoryMb -= memoryMb;
  room.cpuMhz -= cpuMhz;
  for (let left = size; left > 0; left--) {
    const classes = room.free.map((_, index) => index).filter((index) => allowed[index] && room.free[index]! > 0);
    const shared = classes.filter((index) => victim?.allowed[index]);
    room.free[random.pick(shared.length > 0 ? shared : classes)]!--;
  }
}

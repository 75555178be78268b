import { once } from "../../model";
import { DeviceEvent } from "./device-events";
import { Job } from "./job";
import { ListIds } from "./list-ids";
import { Mask, RequestTable } from "./requests";

/** Jobs that wait for the same device events, with all that they ask for. */
interface Group {
  readonly waitsFor: ReadonlySet<string>;
  readonly asks: Set<number>;
}

/** Whether it matters to any job when a device event happens. */
export class Waiting {
  private readonly groups = new Map<number, Group>();

  constructor(events: readonly DeviceEvent[], jobs: readonly Job[], table: RequestTable) {
    if (events.length === 0) return;
    const ids = new Set(events.map(({ id }) => id));
    const eventsOf = once((after: readonly string[]) => after.filter((id) => ids.has(id)));
    const lists = new ListIds();
    for (const { spec, after, afterStacks } of jobs) {
      if (!spec || spec.requests.length === 0) continue;
      const waitsFor = [...eventsOf(after), ...eventsOf(afterStacks)];
      const id = lists.of(waitsFor);
      const group = this.groups.get(id) ?? { waitsFor: new Set(waitsFor), asks: new Set() };
      this.groups.set(id, group);
      for (const request of table.of(spec)) group.asks.add(request);
    }
  }

  /** Whether a job that does not wait for the event asks for something that the device matches only before or only after it. */
  matters({ id }: DeviceEvent, before: Mask, after: Mask): boolean {
    if (before === after) return false;
    const differing = before.bits.flatMap((bit, request) => (bit === after.bits[request] ? [] : [request]));
    return [...this.groups.values()].some(({ waitsFor, asks }) => !waitsFor.has(id) && differing.some((request) => asks.has(request)));
  }
}

import { DeviceEvent } from "../compile/device-events";

/** Device events whose moment can't matter: they happen as soon as all that they wait for is done. */
export class SettledEvents {
  private readonly waiting = new Map<string, Waiting[]>();
  private readonly ready: Waiting[] = [];

  constructor(events: readonly DeviceEvent[]) {
    events.forEach((event, index) => {
      const before = new Set([...event.after, ...event.afterStacks]);
      const waiting = { event, index, left: before.size };
      if (before.size === 0) this.ready.push(waiting);
      for (const id of before) {
        const others = this.waiting.get(id);
        if (others) others.push(waiting);
        else this.waiting.set(id, [waiting]);
      }
    });
  }

  /** Those that wait for nothing, and those that wait for them. */
  atOnce(): DeviceEvent[] {
    return this.follow(this.ready);
  }

  /** Those that now have all that they waited for, in the order in which they can happen. */
  after(id: string): DeviceEvent[] {
    return this.follow(this.releasedBy(id));
  }

  private follow(first: readonly Waiting[]): DeviceEvent[] {
    const events: DeviceEvent[] = [];
    for (let round = [...first]; round.length > 0;) {
      events.push(...round.map(({ event }) => event));
      round = round.flatMap(({ event }) => this.releasedBy(event.id)).sort((a, b) => a.index - b.index);
    }
    return events;
  }

  private releasedBy(id: string): Waiting[] {
    const waiting = this.waiting.get(id) ?? [];
    this.waiting.delete(id);
    return waiting.filter((each) => --each.left === 0);
  }
}

interface Waiting {
  readonly event: DeviceEvent;
  /** Where it stands in the plan. */
  readonly index: number;
  left: number;
}

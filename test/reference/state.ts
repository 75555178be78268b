import { sameForAlike } from "./alike";
import { Body, DeviceNow, Place, Problem } from "./problem";

/** A moment of the apply. */
export interface State {
  /** For each event: not yet, done, or never (failed, or waiting for one that failed). */
  readonly events: readonly ("." | "d" | "x")[];
  /** For each body: where it is on, and the devices it holds. */
  readonly at: readonly (Place | undefined)[];
  readonly devices: readonly DeviceNow[];
}

export function initialState({ hosts, devices, bodies, events }: Problem): State {
  return {
    events: events.map(() => "."),
    at: bodies.map(({ running }) => running),
    devices: devices.map(({ host, address }): DeviceNow => {
      const declared = hosts[host]!.devices.find((device) => device.address === address)!;
      return { label: declared.label, state: declared.passthrough };
    }),
  };
}

/** The same text for the same state only, devices that are alike taken for each other. */
export function keyOf(problem: Problem, { events, at, devices }: State): string {
  return `${events.join("")} ${placesKey(problem, { at, devices })}`;
}

/** The same text for the same places, devices that are alike taken for each other, and for the same devices. */
export function placesKey(problem: Problem, { at, devices }: Pick<State, "at" | "devices">): string {
  const places = at.map((place) => (place ? `${place.host}:${sameForAlike(problem, place.held)}` : "-")).join();
  return `${places} ${devicesKey(devices)}`;
}

const keys = new WeakMap<readonly DeviceNow[], string>();

/** Device changes are rare: the list is replaced when one happens, so its text is kept with it. */
function devicesKey(devices: readonly DeviceNow[]): string {
  const known = keys.get(devices) ?? devices.map(({ label, state }) => `${state[0]}${JSON.stringify(label)}`).join();
  keys.set(devices, known);
  return known;
}

export function bodiesOn({ bodies }: Problem, { at }: State, host: number): readonly Body[] {
  return bodies.filter((_, index) => at[index]?.host === host);
}

export function withPlace(at: State["at"], body: number, place: Place | undefined): State["at"] {
  return at.map((old, index) => (index === body ? place : old));
}

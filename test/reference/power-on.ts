import { DeviceNow, Problem } from "./problem";
import { deviceChoices, fixedHosts, isEligible } from "./refusals";
import { State, initialState, keyOf, withPlace } from "./state";

/** The brute force met more states than it was given. */
export class TooLarge extends Error {}

export interface Ends {
  /** The names that each end leaves off; an empty list where everything is on. */
  readonly off: readonly (readonly string[])[];
  /** The ends with the whole batch on. */
  readonly allOn: readonly State[];
}

/** Every end that the plan can come to: every order, every host, every choice of devices. */
export function everyEnd(problem: Problem, from: State = initialState(problem), maxStates = Infinity): Ends {
  const seen = new Set<string>();
  const off = new Map<string, readonly string[]>();
  const allOn: State[] = [];
  const waiting = [from];
  for (let state = waiting.pop(); state; state = waiting.pop()) {
    const key = keyOf(problem, state);
    if (seen.has(key)) continue;
    seen.add(key);
    if (seen.size > maxStates) throw new TooLarge();
    const nexts = next(problem, state);
    waiting.push(...nexts);
    if (nexts.length > 0) continue;
    const names = leftOff(problem, state);
    off.set(names.join("\n"), names);
    if (names.length === 0) allOn.push(state);
  }
  return { off: [...off.values()], allOn };
}

/** O1: VMs of the batch that are off, or count as off. */
export function leftOff({ bodies, events }: Problem, state: State): readonly string[] {
  const names = events.flatMap((event, index) =>
    event.kind === "power-on" && state.events[index] === "x" ? [bodies[event.body]!.name] : [],
  );
  return [...new Set(names)].sort();
}

/** Whether everything that an event waits for has succeeded, and it has not happened yet. */
export function isReady({ events }: Problem, state: State, event: number): boolean {
  return state.events[event] === "." && events[event]!.after.every((earlier) => state.events[earlier] === "d");
}

function next(problem: Problem, state: State): readonly State[] {
  return problem.events.flatMap((event, index) => {
    if (!isReady(problem, state, index)) return [];
    if (event.kind === "set-device") return [done(state, index, { devices: changed(problem, state, event.change) })];
    if (event.kind !== "power-on") return [done(state, index, { at: withPlace(state.at, event.body, undefined) })];
    return powerOns(problem, state, index, event.body, event.reboot);
  });
}

function powerOns(problem: Problem, state: State, event: number, body: number, reboot: boolean): readonly State[] {
  const eligible = (host: number): boolean => isEligible(problem, state, body, host, reboot ? "reboot" : "first");
  const at = (host: number): readonly State[] =>
    deviceChoices(problem, state, body, host).map((held) => done(state, event, { at: withPlace(state.at, body, { host, held }) }));
  if (problem.bodies[body]!.drsPicks) {
    const hosts = problem.hosts.map((_, host) => host).filter(eligible);
    return hosts.length > 0 ? hosts.flatMap(at) : [failed(problem, state, event)];
  }
  const hosts = fixedHosts(problem, body);
  return hosts.length > 0
    ? hosts.flatMap((host) => (eligible(host) ? at(host) : [failed(problem, state, event)]))
    : [failed(problem, state, event)];
}

export function done(state: State, event: number, change: Partial<State>): State {
  return { ...state, ...change, events: state.events.map((old, index) => (index === event ? "d" : old)) };
}

/** A failed event, and with it whatever waits for it. */
export function failed({ events }: Problem, state: State, event: number): State {
  const marks = [...state.events];
  const give = (index: number): void => {
    if (marks[index] === "x") return;
    marks[index] = "x";
    events.forEach(({ after }, waiting) => {
      if (after.includes(index)) give(waiting);
    });
  };
  give(event);
  return { ...state, events: marks };
}

/** O6: the devices after a change; disabling one that is held changes nothing. */
export function changed({ hosts, devices, changes }: Problem, state: State, index: number): readonly DeviceNow[] {
  const change = changes[index]!;
  return state.devices.map((now, device) => {
    const { host, address } = devices[device]!;
    const place = hosts[host]!;
    const ref = change.host.known ? change.host.value : undefined;
    const meant =
      ref &&
      (ref.by === "name" ? ref.name === place.name : ref.id === place.id) &&
      change.pciAddress.known &&
      change.pciAddress.value === address;
    if (!meant) return now;
    const enabled = change.enabled?.known ? change.enabled.value : undefined;
    const held = state.at.some((body) => body && (body.held & (1 << device)) !== 0);
    if (enabled === false && held) return now;
    const label = change.hardwareLabel?.known ? change.hardwareLabel.value : now.label;
    const atOnce = place.rebindWithoutReboot && change.applyNow.known && change.applyNow.value;
    if (enabled === false) return { label, state: "disabled" };
    if (enabled === true && now.state === "disabled") return { label, state: atOnce ? "active" : "pending-reboot" };
    return { label, state: now.state };
  });
}

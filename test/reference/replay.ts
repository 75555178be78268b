import { Cluster, FailingSequence, Plan, PowerOn, Refusal, Sequence, Step } from "../../lib/model";
import { changed, done, everyEnd, failed, isReady } from "./power-on";
import { Event, maskOf, Problem, problemOf } from "./problem";
import { fixedHosts, freeDeviceSets, refusals } from "./refusals";
import { initialState, State, withPlace } from "./state";
import { consistentAssignments } from "./undeclared";

/** What is wrong with a judgement's witnesses, followed step by step; empty where they hold under some consistent assignment (M4). */
export function replay(plan: Plan, cluster: Cluster, powerOn: Pick<PowerOn, "verdict" | "failing" | "succeeding">): readonly string[] {
  const complaints = presence(powerOn);
  const problems = consistentAssignments(plan, cluster).map((declared) => problemOf(plan, declared));
  const { failing, succeeding } = powerOn;
  if (failing) complaints.push(...fewest(problems.map((problem) => replayFailing(problem, failing))).map((text) => `failing: ${text}`));
  if (succeeding)
    complaints.push(...fewest(problems.map((problem) => replaySucceeding(problem, succeeding))).map((text) => `succeeding: ${text}`));
  return complaints;
}

/** The state that a judgement's succeeding sequence ends in, where it has one. */
export function endOf(plan: Plan, cluster: Cluster, { succeeding }: Pick<PowerOn, "succeeding">): State | undefined {
  return succeeding && follow(problemOf(plan, cluster), succeeding).state;
}

function presence({ verdict, failing, succeeding }: Pick<PowerOn, "verdict" | "failing" | "succeeding">): string[] {
  const complaints: string[] = [];
  const wantsFailing = verdict === "order-dependent" || verdict === "impossible";
  if (wantsFailing !== (failing !== undefined)) complaints.push(`${verdict} ${wantsFailing ? "lacks" : "has"} a failing sequence`);
  if ((verdict === "guaranteed" || verdict === "order-dependent") && !succeeding) complaints.push(`${verdict} lacks a succeeding sequence`);
  if (verdict === "impossible" && succeeding) complaints.push("impossible has a succeeding sequence");
  return complaints;
}

function fewest(lists: readonly (readonly string[])[]): readonly string[] {
  return lists.reduce((best, list) => (list.length < best.length ? list : best));
}

function replayFailing(problem: Problem, sequence: FailingSequence): readonly string[] {
  const { complaints, state } = follow(problem, sequence);
  if (complaints.length > 0) return complaints;
  const claimed = sequence.off.join();
  if (sequence.off.length === 0) complaints.push("nobody is off");
  // The steps may end at the last failure: then the rest must be able to succeed.
  if (!everyEnd(problem, state).off.some((off) => off.join() === claimed)) complaints.push(`the steps can't end with off = [${claimed}]`);
  return complaints;
}

function replaySucceeding(problem: Problem, sequence: Sequence): readonly string[] {
  const { complaints, state } = follow(problem, sequence);
  if (complaints.length > 0) return complaints;
  const missing = problem.events.filter((_, index) => state.events[index] !== "d").map((event) => nameOf(problem, event));
  return missing.length > 0 ? [`never happens: ${missing.join()}`] : [];
}

function follow(problem: Problem, { steps }: Sequence): { readonly complaints: string[]; readonly state: State } {
  const complaints: string[] = [];
  let state = initialState(problem);
  steps.forEach((step, index) => {
    const event = problem.events.findIndex((candidate) => candidate.kind === step.action && nameOf(problem, candidate) === step.vm);
    const complain = (text: string): void => {
      complaints.push(`step ${index + 1}, ${step.action} ${step.vm}: ${text}`);
    };
    if (event < 0) return step.action === "set-device" ? undefined : complain("no such event");
    if (!isReady(problem, state, event)) complain("it is not its turn");
    state = take(problem, state, event, step, complain);
  });
  return { complaints, state };
}

function nameOf({ bodies, changes }: Problem, event: Event): string {
  return event.kind === "set-device" ? changes[event.change]!.address : bodies[event.body]!.name;
}

function take(problem: Problem, state: State, index: number, step: Step, complain: (text: string) => void): State {
  const event = problem.events[index]!;
  if (event.kind === "set-device") return done(state, index, { devices: changed(problem, state, event.change) });
  if (event.kind !== "power-on") return done(state, index, { at: withPlace(state.at, event.body, undefined) });

  const { body } = event;
  const { drsPicks } = problem.bodies[body]!;
  const reasons = (host: number): readonly string[] => refusals(problem, state, body, host, event.reboot ? "reboot" : "first");
  const host = problem.hosts.findIndex(({ name }) => name === step.host);
  if (step.host !== undefined && host < 0) complain(`there is no host ${step.host}`);
  if (!drsPicks && host >= 0 && !fixedHosts(problem, body).includes(host)) complain(`${step.host} can't be its fixed host`);

  if (!step.refused) {
    if (host < 0) {
      complain("it has no host");
      return state;
    }
    if (reasons(host).length > 0) complain(`${step.host} refuses it: ${reasons(host).join()}`);
    const held = maskOf(problem.devices, host, step.devices ?? []);
    if (!freeDeviceSets(problem, state, body, host).includes(held))
      complain(`[${(step.devices ?? []).join()}] are not free, or not what it asks for`);
    return done(state, index, { at: withPlace(state.at, body, { host, held }) });
  }

  if (step.devices) complain("it is refused, but has devices");
  if (drsPicks && step.host !== undefined) complain("it is refused everywhere, but has a host");
  if (!drsPicks && step.host === undefined && fixedHosts(problem, body).length > 0) complain("its fixed host is not said");
  const tried = host >= 0 ? [host] : problem.hosts.map((_, each) => each);
  for (const each of tried) {
    const { name } = problem.hosts[each]!;
    if (reasons(each).length === 0) complain(`${name} would take it`);
    if (!step.refused.some((refusal) => refusal.host === undefined || refusal.host === name)) complain(`nothing is said about ${name}`);
  }
  for (const refusal of step.refused) if (!holds(problem, state, body, refusal, reasons)) complain(`not true: ${JSON.stringify(refusal)}`);
  return failed(problem, state, index);
}

function holds(problem: Problem, state: State, body: number, refusal: Refusal, reasons: (host: number) => readonly string[]): boolean {
  const { host: name, reason } = refusal;
  const { drsPicks, cpuMhz, memoryMb } = problem.bodies[body]!;
  const hosts = problem.hosts.map((_, index) => index).filter((index) => name === undefined || problem.hosts[index]!.name === name);
  return (
    hosts.length > 0 &&
    hosts.every((host) => {
      if (reason === "not-the-fixed-host" && !drsPicks) return true;
      if (!reasons(host).includes(reason)) return false;
      if (reason !== "cpu" && reason !== "memory") return true;
      const of = reason === "cpu" ? "cpuMhz" : "memoryMb";
      const used = problem.bodies.reduce((total, other, index) => total + (state.at[index]?.host === host ? other[of] : 0), 0);
      const { requested, capacity } = refusal;
      return requested === (reason === "cpu" ? cpuMhz : memoryMb) && refusal.used === used && capacity === problem.hosts[host]![of];
    })
  );
}

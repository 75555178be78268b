import { Cluster, Plan, PlanVm, RunningVm } from "../../lib/model";
import { Answer } from "./brute-force";
import { cluster, hosts, plan, running, vm } from "./notation";

/** A row of the specification's worked examples. Names are short: without `vsphere_virtual_machine.`. */
export interface WorkedExample {
  readonly title: string;
  readonly cluster: Cluster;
  readonly plan: Plan;
  readonly powerOn?: Answer["powerOn"]["verdict"];
  readonly off?: readonly string[];
  readonly failover?: Partial<Answer["failover"]>;
  /** What is down for maintenance, by host. */
  readonly down?: Readonly<Record<string, readonly string[]>>;
}

export const names = (count: number, prefix = "v"): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}${index + 1}`);
export const singles = (count: number, more: Partial<PlanVm> = {}): readonly PlanVm[] => names(count).map((name) => vm(name, "A", more));
export const manual = { enabled: true, automationLevel: "manual", declared: true } as const;
export const none = plan([]);
export const of = (text: string, more: Partial<Cluster> = {}): Cluster => cluster({ hosts: hosts(text), ...more });
export const GB = 1024;

/** One single-device VM for each of `held`: the host and the device's place there. */
export const runningSingles = (held: readonly (readonly [string, number])[], more: Partial<RunningVm> = {}): readonly RunningVm[] =>
  held.map(([host, index], number) => running(`v${number + 1}`, host, [index], more));

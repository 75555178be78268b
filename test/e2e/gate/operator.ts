import { readRunning, Running, VCenter } from "../rig";
import { CLUSTER } from "./draw-case";

/** Where each VM runs, and on what. */
export type Placement = Readonly<Record<string, Running>>;

/** Who works on VMs that are there already, by govc. */
export interface Operator {
  readonly govc: (...args: readonly string[]) => Promise<string>;
  /** True: it is on. False: it was refused. */
  readonly powerOn: (name: string) => Promise<boolean>;
  readonly powerOff: (names: readonly string[]) => Promise<void>;
  readonly placement: () => Promise<Placement>;
  /** Moves a VM that is off. */
  readonly migrate: (name: string, host: string) => Promise<void>;
}

/** What vCenter says of a power-on for which there is no host. */
export const REFUSAL = "Insufficient resources";

export function operatorOf(vcenter: VCenter): Operator {
  const govc = async (...args: readonly string[]): Promise<string> => {
    const { status, stdout, stderr } = await vcenter.govc(...args);
    if (status !== 0) throw new Error(`govc ${args.join(" ")}: ${stderr}`);
    return stdout;
  };
  return {
    govc,
    powerOn: async (name) => {
      const { status, stderr } = await vcenter.govc("vm.power", "-on", name);
      if (status !== 0 && !stderr.includes(REFUSAL)) throw new Error(`power-on of ${name}: ${stderr}`);
      return status === 0;
    },
    powerOff: async (names) => {
      if (names.length > 0) await govc("vm.power", "-off", ...names);
    },
    placement: () => readRunning(vcenter),
    migrate: async (name, host) => {
      await govc("vm.migrate", "-host", `/dc-1/host/${CLUSTER}/${host}`, name);
    },
  };
}

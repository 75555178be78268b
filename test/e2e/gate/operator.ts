import { readRunning, Running, VCenter } from "../rig";
import { BatchVm, Case, CLUSTER } from "./draw-case";

/** Where each VM runs, and on what. */
export type Placement = Readonly<Record<string, Running>>;

/** Who works on one simulated vCenter, by govc. */
export interface Operator {
  /** Makes the VMs anew, all off. */
  readonly prepare: () => Promise<void>;
  /** True: it is on. False: it was refused. */
  readonly powerOn: (name: string) => Promise<boolean>;
  readonly powerOff: (names: readonly string[]) => Promise<void>;
  readonly placement: () => Promise<Placement>;
  /** Moves a VM that is off. */
  readonly migrate: (name: string, host: string) => Promise<void>;
}

export function operatorOf(vcenter: VCenter, { batch }: Case): Operator {
  const govc = async (...args: readonly string[]): Promise<string> => {
    const { status, stdout, stderr } = await vcenter.govc(...args);
    if (status !== 0) throw new Error(`govc ${args.join(" ")}: ${stderr}`);
    return stdout;
  };
  const make = async ({ name, template, memoryMb, restartPriority }: BatchVm): Promise<void> => {
    await govc("vm.clone", "-vm", template, "-pool", `/dc-1/host/${CLUSTER}/Resources`, "-on=false", name);
    await govc("vm.change", "-vm", name, "-m", String(memoryMb), "-memory-pin=true");
    if (restartPriority === undefined) return;
    await govc("cluster.override.change", "-cluster", `/dc-1/host/${CLUSTER}`, "-vm", name, `-ha-restart-priority=${restartPriority}`);
  };
  let made = false;
  return {
    prepare: async () => {
      if (made) await govc("vm.destroy", ...batch.map(({ name }) => name));
      for (const vm of batch) await make(vm);
      made = true;
    },
    powerOn: async (name) => {
      const { status, stderr } = await vcenter.govc("vm.power", "-on", name);
      // Nothing but a refusal may count as one.
      if (status !== 0 && !stderr.includes("Insufficient resources")) throw new Error(`power-on of ${name}: ${stderr}`);
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

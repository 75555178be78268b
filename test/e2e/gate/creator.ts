import { Mirror, Terraform, terraformIn, VCenter } from "../rig";
import { asStack } from "./as-stack";
import { BatchVm, Case, CLUSTER } from "./draw-case";
import { Operator, REFUSAL } from "./operator";

/** Who makes a batch's VMs and powers them on. */
export interface Creator {
  /** One VM. True: it is on. False: it was refused. */
  readonly create: (name: string) => Promise<boolean>;
  /** All of them, as far as they start, in this order where the creator can choose one. */
  readonly createAll: (order: readonly BatchVm[]) => Promise<void>;
  /** None of them is on afterwards. */
  readonly clear: () => Promise<void>;
  readonly remove: () => void;
}

/** Clones by govc. Where DRS chooses hosts they are kept from one round to the next; else each round registers them anew. */
export function govcCreator(operator: Operator, { batch, automated }: Case): Creator {
  const cluster = `/dc-1/host/${CLUSTER}`;
  const made = new Set<string>();
  const make = async ({ name, template, memoryMb, restartPriority }: BatchVm): Promise<void> => {
    await operator.govc("vm.clone", "-vm", template, "-pool", `${cluster}/Resources`, "-on=false", name);
    await operator.govc("vm.change", "-vm", name, "-m", String(memoryMb), "-memory-pin=true");
    made.add(name);
    if (restartPriority === undefined) return;
    await operator.govc("cluster.override.change", "-cluster", cluster, "-vm", name, `-ha-restart-priority=${restartPriority}`);
  };
  const create = async (name: string): Promise<boolean> => {
    for (const vm of batch) if (vm.name === name && !made.has(name)) await make(vm);
    return operator.powerOn(name);
  };
  return {
    create,
    createAll: async (order) => {
      const on = new Set<string>();
      for (const { name, dependsOn } of order) {
        if (dependsOn.every((other) => on.has(other)) && (await create(name))) on.add(name);
      }
    },
    clear: async () => {
      const running = Object.keys(await operator.placement());
      await operator.powerOff([...made].filter((name) => running.includes(name)));
      if (automated || made.size === 0) return;
      await operator.govc("vm.destroy", ...made);
      made.clear();
    },
    remove: () => undefined,
  };
}

/** Terraform and the real vSphere provider. Its waiters share one property collector, which the simulator can't: one resource at a time. */
export function terraformCreator({ ready }: VCenter, drawn: Case, mirrors: readonly Mirror[]): Creator {
  const terraform: Terraform = terraformIn({ "cdk.tf.json": JSON.stringify(asStack(drawn)) }, mirrors);
  const env = {
    VSPHERE_SERVER: new URL(ready.url).host,
    VSPHERE_USER: ready.user,
    VSPHERE_PASSWORD: ready.password,
    VSPHERE_ALLOW_UNVERIFIED_SSL: "true",
  };
  let initialized = false;
  const run = async (command: string, ...args: readonly string[]): Promise<boolean> => {
    if (!initialized) {
      const { status, stderr } = await terraform.run(["init"]);
      if (status !== 0) throw new Error(stderr);
      initialized = true;
    }
    const { status, stderr } = await terraform.run([command, "-auto-approve", "-parallelism=1", ...args], { env, timeoutMs: 120_000 });
    // Terraform wraps what it says, and draws a line beside it.
    if (status !== 0 && !stderr.replace(/[\s│]+/g, " ").includes(REFUSAL)) throw new Error(`terraform ${command}: ${stderr}`);
    return status === 0;
  };
  const targetOf = (name: string): string => {
    const overridden = drawn.batch.some((vm) => vm.name === name && vm.restartPriority !== undefined);
    // An override brings its VM.
    return `-target=${overridden ? "vsphere_ha_vm_override" : "vsphere_virtual_machine"}.${name}`;
  };
  return {
    create: (name) => run("apply", targetOf(name)),
    createAll: async () => {
      await run("apply");
    },
    clear: async () => {
      if (initialized) await run("destroy");
    },
    remove: terraform.remove,
  };
}

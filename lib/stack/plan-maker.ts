import { InputError, Maybe, Mistake, Plan, PlanNote, PlanRule, PlanVm, RestartPriority, unknown } from "../model";
import { blockAddress, blockSource } from "./configuration";
import { Instance } from "./expression/value";
import { dependencies } from "./graph/dependencies";
import { Attributes } from "./meaning/attributes";
import { Clones } from "./meaning/clones";
import { readCluster } from "./meaning/cluster";
import { readDeviceChange } from "./meaning/device-change";
import { Metadata, readMetadata } from "./meaning/metadata";
import { isForOtherVm, isGroup, isRule, readRule, restartPriority, RuleContext } from "./meaning/rules";
import { readSnapshot } from "./meaning/snapshot";
import { readVm, VmPlace } from "./meaning/virtual-machine";
import { fixedDeviceKeys } from "./meaning/vmx";
import { Resource } from "./resolve/resource";
import { StackScope } from "./resolve/stack-scope";
import { Workspace } from "./resolve/workspace";
import { stackOrder } from "./stack-order";

const VM = "vsphere_virtual_machine";
const DEVICE = "passthru_host_device";
const CLUSTER = "vsphere_compute_cluster";
const SNAPSHOT = "vsphere_virtual_machine_snapshot";
/** Entries of all dependsOn lists together. */
const MAX_DEPENDENCIES = 30_000_000;

/** An instance with its place in the batch; `unknownCount` where it stands for all of a resource. */
interface Placed {
  readonly attributes: Attributes;
  readonly resource: Resource;
  readonly address: string;
  readonly stack: string;
  readonly unknownCount?: string;
  readonly metadata: Metadata;
}

/** Makes a Plan of stacks whose names can be resolved. Throws InputError with every mistake. */
export function makePlan(workspace: Workspace, selected: readonly StackScope[]): Plan {
  return new PlanMaker(workspace, selected).make();
}

class PlanMaker {
  private readonly mistakes: Mistake[];
  private readonly addresses = new Map<Instance, string>();
  private readonly clones = new Clones((instance) => new Attributes(instance, this.mistakes));

  constructor(
    private readonly workspace: Workspace,
    private readonly selected: readonly StackScope[],
  ) {
    this.mistakes = workspace.mistakes;
  }

  make(): Plan {
    const stacks = stackOrder(this.workspace.stacks, this.selected);
    const placed = this.selected.flatMap((stack) => this.place(stack));
    const dependsOn = this.dependencyAddresses(placed);
    for (const { attributes, address } of placed) this.addresses.set(attributes.instance, address);
    const ofType = (type: string): readonly Placed[] => placed.filter(({ attributes }) => attributes.instance.type === type);
    const overrides = ofType("vsphere_ha_vm_override");
    const placeOf = (each: Placed): VmPlace => ({ ...each, dependsOn: dependsOn.get(each.resource)! });
    const vms = ofType(VM).map((each) => readVm(each.attributes, placeOf(each), this.clones));
    const deviceChanges = ofType(DEVICE).map((each) => readDeviceChange(each.attributes, placeOf(each)));
    const context = this.ruleContext();
    const rules = placed.filter(({ resource }) => isRule(resource.type)).map((each) => readRule(each.attributes, each, context));
    const clusters = ofType(CLUSTER).map((each) => readCluster(each.attributes, each));
    const snapshots = ofType(SNAPSHOT).map((each) => readSnapshot(each.attributes, each, context));
    const withPriorities = this.applyOverrides(vms, overrides, rules);
    const notes = [...this.moduleNotes(), ...ofType(VM).flatMap((each) => fixedDeviceNotes(each))];
    if (this.mistakes.length > 0) throw new InputError(distinct(this.mistakes));
    return { stacks, vms: withPriorities, deviceChanges, rules, notes, clusters, snapshots };
  }

  /** The instances of a stack's resources that the plan is made of. */
  private place(stack: StackScope): readonly Placed[] {
    const name = stack.configuration.name;
    const prefix = this.selected.length > 1 ? `${name}/` : "";
    return [...stack.resources.values()].flatMap((resource) => {
      if (!isPartOfPlan(resource)) return [];
      const found = resource.instances();
      const instances = found.known ? found.value : [resource.anyInstance()];
      const metadata = readMetadata(resource.block);
      return instances.map((instance) => ({
        attributes: new Attributes(instance, this.mistakes),
        resource,
        address: prefix + instance.address,
        stack: name,
        ...(!found.known && { unknownCount: found.why }),
        metadata,
      }));
    });
  }

  /** For each VM and device change resource the addresses it depends on: one list for all its instances. */
  private dependencyAddresses(placed: readonly Placed[]): ReadonlyMap<Resource, readonly string[]> {
    const instances = new Map<Resource, string[]>();
    for (const { resource, address } of placed) {
      if (!isEvent(resource)) continue;
      const others = instances.get(resource);
      if (others === undefined) instances.set(resource, [address]);
      else others.push(address);
    }
    let entries = 0;
    const result = new Map<Resource, readonly string[]>();
    for (const [resource, others] of dependencies(this.selected, [...instances.keys()])) {
      const addresses: string[] = [];
      for (const other of others) for (const address of instances.get(other)!) addresses.push(address);
      entries += addresses.length;
      if (entries > MAX_DEPENDENCIES) throw InputError.at(blockSource(resource.block), "too many dependencies between VMs to judge");
      result.set(resource, addresses);
    }
    return result;
  }

  private ruleContext(): RuleContext {
    const groups = this.workspace.stacks.flatMap((stack) =>
      [...stack.resources.values()]
        .filter(({ type }) => isGroup(type))
        .flatMap((resource) => {
          const found = resource.instances();
          const instances = found.known ? found.value : [resource.anyInstance()];
          return instances.map((instance) => new Attributes(instance, this.mistakes));
        }),
    );
    return { groups, vmAddress: (instance) => this.addresses.get(instance) };
  }

  private applyOverrides(vms: readonly PlanVm[], overrides: readonly Placed[], rules: readonly PlanRule[]): readonly PlanVm[] {
    const byVm = new Map<string, Maybe<RestartPriority>>();
    const unclear = new Map<string, string>();
    for (const { attributes, address, stack } of overrides) {
      const priority = restartPriority(attributes);
      if (priority === undefined) continue;
      const target = rules.find((rule) => rule.address === address)!.vms;
      if (!target.known && !isForOtherVm(attributes)) unclear.set(stack, target.why);
      for (const vm of target.known ? target.value : []) {
        byVm.set(vm, byVm.has(vm) ? unknown("two vsphere_ha_vm_override name it") : priority);
      }
    }
    return vms.map((vm) => {
      const why = unclear.get(vm.stack);
      const priority = byVm.get(vm.address) ?? (why === undefined ? undefined : unknown(`a vsphere_ha_vm_override may be for it: ${why}`));
      return priority === undefined ? vm : { ...vm, restartPriority: priority };
    });
  }

  private moduleNotes(): readonly PlanNote[] {
    return this.selected.flatMap(({ configuration }) =>
      configuration.modules.map((block) => ({
        rule: "module-not-read",
        severity: "error" as const,
        resource: blockAddress(block),
        source: blockSource(block),
        message: `${blockAddress(block)} is a module, and what is in it can't be seen in a stack: its VMs are not judged`,
        fix: "put its VMs into the stack itself",
      })),
    );
  }
}

/** What happens in an apply, in the order that dependencies give. */
function isEvent({ type }: Resource): boolean {
  return type === VM || type === DEVICE;
}

function isPartOfPlan(resource: Resource): boolean {
  const { type } = resource;
  return isEvent(resource) || isRule(type) || type === CLUSTER || type === SNAPSHOT;
}

function fixedDeviceNotes({ attributes, resource, address, unknownCount, metadata }: Placed): readonly PlanNote[] {
  const config = attributes.map("extra_config");
  const [key] = unknownCount === undefined && config !== undefined ? fixedDeviceKeys(config) : [];
  if (key === undefined) return [];
  return [
    {
      rule: "extra-config-fixed-device",
      severity: "warning",
      resource: address,
      source: metadata.source,
      message: `${resource.address} names a fixed device in extra_config (${key}), which vCenter ignores: it is not judged`,
      fix: "use pci_device_id for a fixed device",
    },
  ];
}

/** In the order of the files: instances of one resource make the same mistake. */
function distinct(mistakes: readonly Mistake[]): readonly Mistake[] {
  const different = [...new Map(mistakes.map((mistake) => [JSON.stringify(mistake), mistake])).values()];
  return different.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : (a.line ?? 0) - (b.line ?? 0)));
}

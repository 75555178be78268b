import { InputError, Maybe, Mistake, Plan, PlanNote, PlanRule, PlanStack, PlanVm, RestartPriority, ServerName, unknown } from "../model";
import { blockSource } from "./configuration";
import { Instance } from "./expression/value";
import { dependencies } from "./graph/dependencies";
import { Attributes } from "./meaning/attributes";
import { Clones } from "./meaning/clones";
import { readCluster } from "./meaning/cluster";
import { followedGroups, readClusterChange } from "./meaning/cluster-change";
import { readDeviceChange } from "./meaning/device-change";
import { readMetadata } from "./meaning/metadata";
import { newerNotes } from "./meaning/newer-notes";
import { notReadNotes } from "./meaning/not-read";
import { isForOtherVm, isGroup, isRule, readRule, restartPriority, RuleContext } from "./meaning/rules";
import { refusedArgumentNotes } from "./meaning/refused-arguments";
import { readSnapshot } from "./meaning/snapshot";
import { createsFirst, EventPlace, readVm } from "./meaning/virtual-machine";
import { fixedDeviceKeys } from "./meaning/vmx";
import { CLUSTER, Depending, DEVICE, isEvent, isNewer, isOfCluster, Placed, SNAPSHOT, VM } from "./placed";
import { plannedDependencies } from "./planned/planned-dependencies";
import { plannedInstances } from "./planned/planned-instances";
import { PlannedStack } from "./planned/planned-stack";
import { Described } from "./resolve/described";
import { ModuleResource } from "./modules/module";
import { ModuleScope } from "./resolve/module-scope";
import { Resource } from "./resolve/resource";
import { Workspace } from "./resolve/workspace";
import { refuseLongChains, stackOrder } from "./stack-order";

/** Entries of all dependsOn lists together: as many as a chain of 5,000 VMs has. */
const MAX_DEPENDENCIES = 12_500_000;

/** Notes on what was not read, and may hold VMs. */
const HIDING: ReadonlySet<string> = new Set(["module-not-read", "incomplete-plan"]);

/** The stacks that are judged: those that were synthesized, and those that are Terraform's plans. */
export interface Selection {
  readonly scopes: readonly ModuleScope[];
  readonly planned: readonly PlannedStack[];
}

/** Makes a Plan of stacks whose names can be resolved. Throws InputError with every mistake. */
export function makePlan(workspace: Workspace, selected: Selection): Plan {
  return new PlanMaker(workspace, selected).make();
}

class PlanMaker {
  private readonly mistakes: Mistake[];
  private readonly addresses = new Map<Instance, string>();
  private readonly clones = new Clones((instance) => this.attributesOf(instance));

  constructor(
    private readonly workspace: Workspace,
    private readonly selected: Selection,
  ) {
    this.mistakes = workspace.mistakes;
  }

  make(): Plan {
    const { scopes, planned } = this.selected;
    const stacks = [
      ...stackOrder(this.workspace, scopes),
      ...planned.map(({ document: { name, file, servers } }) => ({ name, file, dependsOn: [], ...serversIn(servers.values()) })),
    ];
    const placed = [...scopes.flatMap((stack) => this.place(stack)), ...planned.flatMap((stack) => this.placePlanned(stack))];
    refuseLongChains(
      stacks,
      placed.filter(({ resource }) => isEvent(resource.type)),
    );
    const { dependsOn, forcedFirst } = this.dependencyAddresses(placed);
    for (const { attributes, address } of placed) this.addresses.set(attributes.instance, address);
    // Of what is deleted only VMs, device changes and changes of clusters are left.
    const lasting = placed.filter(({ resource, action }) => action !== "delete" || !isOfCluster(resource.type));
    const ofType = (type: string): readonly Placed[] => lasting.filter(({ resource }) => resource.type === type);
    const overrides = ofType("vsphere_ha_vm_override");
    const placeOf = (each: Placed): EventPlace => ({ ...each, dependsOn: dependsOn(each), isForcedFirst: forcedFirst.has(each.resource) });
    const vms = ofType(VM).map((each) => readVm(each.attributes, placeOf(each), this.clones));
    const deviceChanges = ofType(DEVICE).map((each) => readDeviceChange(each.attributes, placeOf(each)));
    const context = this.ruleContext();
    const ruling = lasting.filter(({ resource }) => isRule(resource.type));
    const rules = ruling.map((each) => readRule(each.attributes, each, context));
    const changing = placed.filter(({ resource: { type } }) => isOfCluster(type) || isNewer(type));
    const followed = followedGroups(ruling);
    const clusterChanges = changing.flatMap((each) => readClusterChange(placeOf(each), { ...context, followed }));
    const clusters = ofType(CLUSTER).map((each) => readCluster(each.attributes, each));
    const snapshots = ofType(SNAPSHOT).map((each) => readSnapshot(each.attributes, each, context));
    const withPriorities = this.applyOverrides(vms, overrides, rules);
    const notes = [
      ...planned.flatMap(({ document }) => document.notes),
      ...scopes.flatMap(notReadNotes),
      ...ofType(VM).flatMap((each) => [...fixedDeviceNotes(each), ...refusedArgumentNotes(each)]),
      ...newerNotes(placed),
    ];
    if (this.mistakes.length > 0) throw new InputError(distinct(this.mistakes));
    const unread = notes.flatMap(({ rule, resource, message }) => (HIDING.has(rule) ? [{ address: resource ?? rule, why: message }] : []));
    return {
      stacks,
      vms: withPriorities,
      deviceChanges,
      rules,
      notes,
      clusters,
      clusterChanges,
      snapshots,
      ...(unread.length > 0 ? { unread } : {}),
    };
  }

  private prefix(stack: string): string {
    const { scopes, planned } = this.selected;
    return scopes.length + planned.length > 1 ? `${stack}/` : "";
  }

  /** The instances of a stack's resources that the plan is made of, those in its modules among them. */
  private place(stack: ModuleScope): readonly Placed[] {
    const { stack: name } = stack.module;
    return [...stack.all()].flatMap(({ scope, unknownCount }) =>
      [...scope.resources.values()].flatMap((resource) =>
        isPartOfPlan(resource.type) ? this.placeInstances(resource, name, unknownCount) : [],
      ),
    );
  }

  private placeInstances(resource: Resource, stack: string, unknownModules: string | undefined): readonly Placed[] {
    const found = resource.instances();
    const unknownCount = unknownModules ?? (found.known ? undefined : found.why);
    const metadata = readMetadata(resource.block);
    return resource.some().map((instance) => ({
      attributes: this.attributesOf(instance),
      resource: resource.written,
      address: this.prefix(stack) + instance.address,
      stack,
      ...(unknownCount !== undefined && { unknownCount }),
      metadata,
      action: "from-stack" as const,
    }));
  }

  private placePlanned(stack: PlannedStack): readonly Placed[] {
    const { name } = stack.document;
    return plannedInstances(stack, isPartOfPlan).map(({ instance, before, ...acted }) => ({
      attributes: this.attributesOf(instance),
      resource: stack.nodeOf(instance),
      address: this.prefix(name) + instance.address,
      stack: name,
      metadata: readMetadata(stack.writtenBlock(instance)),
      ...acted,
      ...(before && { before: this.attributesOf(before) }),
    }));
  }

  private readonly attributesOf = (instance: Described): Attributes => new Attributes(instance, this.mistakes);

  /** For each VM and device change the addresses it depends on: one list for all instances of a resource. */
  private dependencyAddresses(placed: readonly Placed[]): Dependencies {
    const instances = new Map<Depending, string[]>();
    for (const { resource, address } of placed) {
      if (!isEvent(resource.type)) continue;
      const others = instances.get(resource);
      if (others === undefined) instances.set(resource, [address]);
      else others.push(address);
    }
    const createdFirst = this.written().filter(({ block }) => createsFirst(block));
    let entries = 0;
    const before = new Map<Depending, readonly string[]>();
    const forcedFirst = new Set<Depending>();
    for (const [resource, others] of this.dependencies([...new Set([...instances.keys(), ...createdFirst])])) {
      if (createsFirst(resource.block)) for (const other of others) if (isSameStack(resource, other)) forcedFirst.add(other);
      if (!instances.has(resource)) continue;
      const addresses: string[] = [];
      for (const other of others) for (const address of instances.get(other) ?? []) addresses.push(address);
      entries += addresses.length;
      if (entries > MAX_DEPENDENCIES) throw InputError.at(blockSource(resource.block), "too many dependencies between resources to judge");
      before.set(resource, addresses);
    }
    return { dependsOn: withoutDestroyed(placed, before), forcedFirst };
  }

  private *dependencies(marked: readonly Depending[]): Generator<[Depending, readonly Depending[]]> {
    const { workspace } = this;
    const { scopes, planned } = this.selected;
    const inStacks = marked.filter((each) => each instanceof ModuleResource);
    const inPlans = new Set(marked.filter((each) => !(each instanceof ModuleResource)));
    const followed = {
      stacks: scopes.map(({ module }) => module),
      templates: workspace.templates,
      remoteOf: (resource: ModuleResource) => workspace.remoteOf(resource)?.module,
    };
    yield* dependencies(followed, inStacks);
    for (const stack of planned)
      yield* plannedDependencies(
        stack,
        stack.nodes.filter((node) => inPlans.has(node)),
      );
  }

  private ruleContext(): RuleContext {
    const scopes = this.workspace.stacks.flatMap((stack) => [...stack.all()]);
    const groups = scopes.flatMap(({ scope }) =>
      [...scope.resources.values()].filter(({ type }) => isGroup(type)).flatMap((resource) => resource.some().map(this.attributesOf)),
    );
    const planned = this.selected.planned.flatMap((stack) =>
      plannedInstances(stack, isGroup).flatMap(({ instance, action }) => (action === "delete" ? [] : [this.attributesOf(instance)])),
    );
    return { groups: [...groups, ...planned], vmAddress: (instance) => this.addresses.get(instance) };
  }

  private applyOverrides(vms: readonly PlanVm[], overrides: readonly Placed[], rules: readonly PlanRule[]): readonly PlanVm[] {
    const byVm = new Map<string, Maybe<RestartPriority>>();
    const unclear = new Map<string, string>();
    const targets = new Map(rules.map((rule) => [rule.address, rule.vms]));
    for (const { attributes, address, stack } of overrides) {
      const priority = restartPriority(attributes);
      if (priority === undefined) continue;
      const target = targets.get(address)!;
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

  /** Every resource of the stacks as it is written. */
  private written(): readonly ModuleResource[] {
    return this.selected.scopes.flatMap(({ module }) => [...module.all()].flatMap(({ resources }) => resources));
  }
}

interface Dependencies {
  readonly dependsOn: (each: Placed) => readonly string[];
  /** Replaced create-first because something that depends on it is. */
  readonly forcedFirst: ReadonlySet<Depending>;
}

function isSameStack(a: Depending, b: Depending): boolean {
  return a instanceof ModuleResource && b instanceof ModuleResource && a.module.stack === b.module.stack;
}

function serversIn(names: Iterable<ServerName>): Pick<PlanStack, "servers"> {
  const servers = [...new Set([...names].map(({ text }) => text))];
  return servers.length === 0 ? {} : { servers };
}

function isPartOfPlan(type: string): boolean {
  return isEvent(type) || isRule(type) || type === SNAPSHOT;
}

/** What is new, or made before its old self goes, does not wait for the devices that the plan gives back. */
function withoutDestroyed(
  placed: readonly Placed[],
  before: ReadonlyMap<Depending, readonly string[]>,
): (each: Placed) => readonly string[] {
  const isDestroyed = ({ resource, action }: Placed): boolean => resource.type === DEVICE && ENDS[action] === "destroyed";
  const destroyed = new Set(placed.filter(isDestroyed).map(({ address }) => address));
  const lasting = new Map<Depending, readonly string[]>();
  return ({ resource, action }) => {
    const all = before.get(resource) ?? [];
    if (destroyed.size === 0 || ENDS[action] !== "new") return all;
    const some = lasting.get(resource) ?? all.filter((address) => !destroyed.has(address));
    lasting.set(resource, some);
    return some;
  };
}

/** What of a resource is there once its action is done: one that is new, or made before its old self goes, counts as new. */
const ENDS: Readonly<Record<Placed["action"], "kept" | "new" | "destroyed">> = {
  "from-stack": "kept",
  none: "kept",
  create: "new",
  update: "kept",
  "power-on": "kept",
  "hot-add": "kept",
  reboot: "kept",
  "replace-destroy-first": "kept",
  "replace-create-first": "new",
  delete: "destroyed",
};

function fixedDeviceNotes({ attributes, resource, address, unknownCount, metadata }: Placed): readonly PlanNote[] {
  const config = attributes.map("extra_config");
  const [key] = unknownCount === undefined && config !== undefined ? fixedDeviceKeys(config) : [];
  if (key === undefined) return [];
  return [
    {
      rule: "extra-config-fixed-device",
      resource: address,
      source: metadata.source,
      message: `${resource.address} names a fixed device in extra_config (${key}), which vCenter ignores: it is not judged`,
    },
  ];
}

/** In the order of the files: instances of one resource make the same mistake. */
function distinct(mistakes: readonly Mistake[]): readonly Mistake[] {
  const different = [...new Map(mistakes.map((mistake) => [JSON.stringify(mistake), mistake])).values()];
  return different.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : (a.line ?? 0) - (b.line ?? 0)));
}

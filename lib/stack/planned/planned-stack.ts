import { Mistake, ServerName } from "../../model";
import { Block } from "../configuration";
import { Data } from "../data";
import { Identified, Unknown, Value } from "../expression/value";
import { Work } from "../expression/work";
import { DataScope, Templates } from "../resolve/evaluate-data";
import { Followed, follow } from "./follow";
import { ModuleInstance, ModuleInstances } from "./module-instance";
import { PlanDocument, PlannedObject } from "./plan-document";
import { isGone, PlannedInstance, PlannedResource, Surroundings } from "./planned-instance";
import { PlannedNode } from "./planned-node";
import { References } from "./references";

/** Attributes that identify an instance, by type; where several types share an id, the first one says most. */
const IDENTIFYING: ReadonlyMap<string, readonly string[]> = new Map([
  ["passthru_template", ["uuid", "id"]],
  ["vsphere_virtual_machine", ["id", "uuid"]],
  ["vsphere_compute_cluster", ["resource_pool_id", "id"]],
  ["vsphere_resource_pool", ["id"]],
  ["vsphere_vapp_container", ["id"]],
  ["vsphere_host", ["id", "resource_pool_id"]],
  ["vsphere_datacenter", ["moid", "id"]],
  ["vsphere_content_library_item", ["id"]],
  ["vsphere_datastore", ["id"]],
  ["vsphere_vmfs_datastore", ["id"]],
  ["vsphere_nas_datastore", ["id"]],
  ["vsphere_network", ["id"]],
  ["vsphere_distributed_port_group", ["id"]],
  ["vsphere_host_port_group", ["id"]],
]);
const RANK = [...IDENTIFYING.keys()];

interface Candidate {
  readonly instance: PlannedInstance;
  readonly attribute: string;
}

/** A plan with everything in it found by its name and by its id. */
export class PlannedStack implements Surroundings, Followed {
  readonly instances: readonly PlannedInstance[];
  readonly references = new References();
  readonly modules: ModuleInstances;
  readonly inner: DataScope;
  private readonly resources = new Map<ModuleInstance, Map<string, PlannedResource>>();
  private readonly nodesByAddress = new Map<string, PlannedNode>();
  private readonly byId = new Map<string, Candidate[]>();

  constructor(
    readonly document: PlanDocument,
    readonly mistakes: Mistake[],
  ) {
    const resolve = (): { readonly value: Value; readonly used: number } => ({ value: new Unknown(""), used: 0 });
    this.inner = { templates: new Templates(), work: new Work(), open: false, resolve };
    this.modules = new ModuleInstances(document.configuration, this.references);
    this.instances = document.objects.map((object) => this.make(object));
    for (const instance of this.instances) this.index(instance);
  }

  /** By its address inside the module: `vsphere_host.a`, `data.vsphere_host.b`. */
  resource(module: ModuleInstance, address: string): PlannedResource | undefined {
    return this.resources.get(module)?.get(address);
  }

  /** The resource that an instance belongs to, with those of the other instances of its module. */
  nodeOf({ resource, module, object, block }: PlannedInstance): PlannedNode {
    const inModule = `${resource.type}.${object.name}`;
    const address = module.path === "" ? inModule : `${module.path}.${inModule}`;
    let node = this.nodesByAddress.get(address);
    if (node === undefined) this.nodesByAddress.set(address, (node = { type: resource.type, address, block }));
    return node;
  }

  /** The block that the instance is written as, or its place in the plan. */
  writtenBlock(instance: PlannedInstance): Block {
    return this.document.written?.get(this.nodeOf(instance).address) ?? instance.block;
  }

  serverOf(provider: string | undefined): ServerName | undefined {
    return provider === undefined ? undefined : this.document.servers.get(provider);
  }

  get nodes(): readonly PlannedNode[] {
    return [...this.nodesByAddress.values()];
  }

  /** The instance as it is before the plan. */
  past({ object, resource, module }: PlannedInstance, suffix = ""): PlannedInstance {
    const past = { ...object, address: object.address + suffix, action: "delete" as const };
    return new PlannedInstance(past, resource, module, this.document.located, this);
  }

  follow(expression: Data | undefined, from: PlannedInstance, attribute: string): Value | undefined {
    return follow(this, expression, from, attribute);
  }

  identify(id: string, from: PlannedInstance, attribute: string, expression: Data | undefined): Identified | undefined {
    const provider = from.resource.configuration?.provider;
    // The same id may stand for other things in another vCenter.
    const candidates = (this.byId.get(id) ?? []).filter(({ instance }) => {
      const other = instance.resource.configuration?.provider;
      return provider === undefined || other === undefined || provider === other || !isSameType(provider, other);
    });
    const [first] = candidates;
    if (first === undefined) return undefined;
    if (candidates.some(({ instance }) => instance === from)) return new Identified(from, attribute, id);
    const referred = candidates.length === 1 ? undefined : this.follow(expression, from, attribute);
    const found = candidates.find(({ instance }) => referred instanceof Identified && referred.instance === instance) ?? first;
    return new Identified(found.instance, found.attribute, id);
  }

  private make(object: PlannedObject): PlannedInstance {
    const module = this.modules.at(object.module);
    const type = object.kind === "data" ? `data.${object.type}` : object.type;
    const resource = this.declare(module, type, `${type}.${object.name}`);
    const instance = new PlannedInstance(object, resource, module, this.document.located, this);
    if (!isGone(object)) resource.instances.set(object.key, instance);
    return instance;
  }

  private declare(module: ModuleInstance, type: string, address: string): PlannedResource {
    const resources = this.resources.get(module) ?? new Map<string, PlannedResource>();
    this.resources.set(module, resources);
    const resource = resources.get(address) ?? { type, configuration: module.configuration?.resources.get(address), instances: new Map() };
    resources.set(address, resource);
    return resource;
  }

  private index(instance: PlannedInstance): void {
    const type = instance.type.replace(/^data\./, "");
    for (const attribute of IDENTIFYING.get(type) ?? []) {
      const id = instance.block.body[attribute];
      if (typeof id !== "string" || id === "") continue;
      const others = this.byId.get(id) ?? [];
      this.byId.set(
        id,
        [...others, { instance, attribute }].sort((a, b) => rankOf(a) - rankOf(b)),
      );
    }
  }
}

/** A resource of the plan says more than a data source that finds it. */
function rankOf({ instance }: Candidate): number {
  const isData = instance.type.startsWith("data.");
  return RANK.indexOf(instance.type.replace(/^data\./, "")) * 2 + (isData ? 1 : 0);
}

/** Whether two provider configurations are of one provider: `vsphere` and `vsphere.other`. */
function isSameType(a: string, b: string): boolean {
  return a.split(".")[0] === b.split(".")[0];
}

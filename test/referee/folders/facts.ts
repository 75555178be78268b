import { HostRef, InputError, Maybe, Plan, PlanVm } from "../../../lib/model";
import { readPlan } from "../../../lib/stack";
import { filesOf } from "../../stack/files";
import type { Folder } from "../referee";

/** What is said of one attribute of a VM: a value, or why there is none. Lists are sorted, references are named after what they mean. */
export type Fact = { readonly value: Plain } | { readonly open: string };
export type Plain = null | boolean | number | string | readonly string[] | Readonly<Record<string, string>>;

/** Of each VM, by address, each attribute that matters. */
export type Facts = ReadonlyMap<string, ReadonlyMap<string, Fact>>;

interface PlannedModule {
  readonly resources?: readonly { readonly address: string; readonly type: string; readonly mode: string; readonly values: Values }[];
  readonly child_modules?: readonly PlannedModule[];
}
type Values = Readonly<Record<string, unknown>>;

const PRIMITIVES = [
  "name",
  "memory",
  "memory_reservation",
  "memory_reservation_locked_to_max",
  "memory_limit",
  "num_cpus",
  "cpu_reservation",
  "cpu_limit",
  "latency_sensitivity",
  "firmware",
  "folder",
  "guest_id",
  "hardware_version",
  "cpu_hot_add_enabled",
  "memory_hot_add_enabled",
] as const;

const AFTER_APPLY: Fact = { open: "known after apply" };

/** What Terraform's plan says: what is missing there is not known before the apply. */
export function factsOfPlan(json: string): Facts {
  const { planned_values } = JSON.parse(json) as { readonly planned_values: { readonly root_module: PlannedModule } };
  const vms = [...resourcesIn(planned_values.root_module)].filter(
    ({ type, mode }) => type === "vsphere_virtual_machine" && mode === "managed",
  );
  return new Map(vms.map(({ address, values }) => [address, factsOfValues(values)]));
}

function* resourcesIn({ resources = [], child_modules = [] }: PlannedModule): Iterable<NonNullable<PlannedModule["resources"]>[number]> {
  yield* resources;
  for (const module of child_modules) yield* resourcesIn(module);
}

function factsOfValues(values: Values): ReadonlyMap<string, Fact> {
  const fact = (name: string, convert: (value: unknown) => Plain): Fact =>
    name in values ? { value: convert(values[name]) } : AFTER_APPLY;
  const blocks = (name: string): readonly Values[] => (values[name] ?? []) as readonly Values[];
  const named = (ids: readonly unknown[], type: string): Plain => sorted(ids.flatMap((id) => nameOf(id, type) ?? []));
  return new Map<string, Fact>([
    ...PRIMITIVES.map((name) => [name, fact(name, (value) => value as Plain)] as const),
    ["extra_config", fact("extra_config", (value) => textsOf((value ?? {}) as Values))],
    ["pci_device_id", fact("pci_device_id", (value) => sorted((value ?? []) as string[]))],
    ["host_system_id", fact("host_system_id", (value) => nameOf(value, "vsphere_host") ?? (value as string | null))],
    ["resource_pool_id", fact("resource_pool_id", (value) => value as string)],
    ["template_uuid", { value: (blocks("clone")[0]?.["template_uuid"] as string | undefined) ?? null }],
    [
      "network_id",
      {
        value: named(
          blocks("network_interface").map((each) => each["network_id"]),
          "vsphere_network",
        ),
      },
    ],
    [
      "datastore_id",
      { value: named([values["datastore_id"], ...blocks("disk").map((each) => each["datastore_id"])], "vsphere_datastore") },
    ],
  ]);
}

/** The mock provider's ids say what they stand for. */
function nameOf(id: unknown, type: string): string | undefined {
  return typeof id === "string" && id.startsWith(`${type}:`) ? id.slice(type.length + 1) : undefined;
}

/** A null in a map is as good as no entry. */
function textsOf(values: Values): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).flatMap(([key, value]) => (value === null ? [] : [[key, String(value as string)]])));
}

function sorted(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort();
}

/** What our reader says of a folder; a text: why it refuses it. */
export function readFolder({ files, variables = {}, variableFiles = [], environment = {} }: Folder): Plan | string {
  const inFolder = Object.fromEntries(Object.entries(files).map(([path, text]) => [`stack/${path}`, text]));
  try {
    return readPlan(filesOf(inFolder), ["stack"], {
      variables,
      variableFiles: variableFiles.map((path) => `stack/${path}`),
      environment,
      stacks: [],
    });
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
}

/** The same attributes as our reader has them. */
export function factsOfVm(vm: PlanVm): ReadonlyMap<string, Fact> {
  const { carriers } = vm;
  return new Map<string, Fact>([
    ["name", factOf(vm.name)],
    ["memory", factOf(vm.memoryMb)],
    ["memory_reservation", factOf(vm.memoryReservationMb)],
    ["memory_reservation_locked_to_max", factOf(vm.memoryLockedToMax)],
    ["memory_limit", factOf(vm.memoryLimitMb, -1)],
    ["num_cpus", factOf(vm.cpus)],
    ["cpu_reservation", factOf(vm.cpuReservationMhz)],
    ["cpu_limit", factOf(vm.cpuLimitMhz, -1)],
    ["latency_sensitivity", factOf(vm.latencySensitivity)],
    ["firmware", factOf(vm.firmware)],
    ["folder", vm.folderOpen ? { open: "folder" } : { value: vm.folder ?? null }],
    ["guest_id", vm.guestId === undefined ? AFTER_APPLY : factOf(vm.guestId)],
    ["hardware_version", vm.hardwareVersion === undefined ? AFTER_APPLY : factOf(vm.hardwareVersion)],
    ["cpu_hot_add_enabled", factOf(vm.cpuHotAdd)],
    ["memory_hot_add_enabled", factOf(vm.memoryHotAdd)],
    ["extra_config", factOf(vm.extraConfig)],
    ["pci_device_id", factOf(vm.carriers.static && mapped(vm.carriers.static, (all) => sorted(all)), [])],
    ["host_system_id", vm.host === undefined ? AFTER_APPLY : factOf(mapped(vm.host, hostText))],
    ["resource_pool_id", poolFact(vm)],
    ["template_uuid", factOf(templateOf(carriers))],
    ["network_id", { value: sorted(vm.networks) }],
    ["datastore_id", vm.storageOpen === "datastore_id" ? { open: "datastore_id" } : { value: sorted(vm.datastores) }],
  ]);
}

function factOf<T extends Plain>(maybe: Maybe<T> | undefined, otherwise: Plain = null): Fact {
  if (maybe === undefined) return { value: otherwise };
  return maybe.known ? { value: maybe.value } : { open: maybe.why };
}

function mapped<T, R>(maybe: Maybe<T>, change: (value: T) => R): Maybe<R> {
  return maybe.known ? { known: true, value: change(maybe.value) } : maybe;
}

function hostText(host: HostRef): string {
  return host.by === "name" ? host.name : host.id;
}

function templateOf({ templateName, templateUuid }: PlanVm["carriers"]): Maybe<string> | undefined {
  return templateName === undefined ? templateUuid : mapped(templateName, (name) => `vsphere_virtual_machine:${name}`);
}

/** As the mock provider calls the pool that is meant. */
function poolFact({ cluster, resourcePool }: PlanVm): Fact {
  if (resourcePool !== undefined) return factOf(mapped(resourcePool, ({ path }) => `vsphere_resource_pool:${path.join("/")}`));
  if (!cluster.known) return { open: cluster.why };
  const ref = cluster.value;
  if (ref.by === "name") return { value: `vsphere_compute_cluster:${ref.name}.resource_pool_id` };
  if (ref.by === "host") return { value: `vsphere_host:${hostText(ref.host)}.resource_pool_id` };
  return ref.by === "pool" ? { value: `vsphere_resource_pool:${ref.pool.path.join("/")}` } : { value: ref.by === "id" ? ref.id : ref.by };
}

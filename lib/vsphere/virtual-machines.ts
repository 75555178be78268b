import { MalformedAnswer } from "./errors";
import { ManagedObject, retrieveOne } from "./properties";
import { Reference, referenceNode } from "./reference";
import { Session } from "./session";
import { runTask } from "./tasks";
import { booleanOf, children, optionalChild, optionalText, referenceOf, text, textOf } from "./values";
import { additionOf, DynamicDevice, passthroughDevices, VmPassthroughDevice } from "./vm-devices";
import { node, XmlElement, XmlNode } from "./xml";

/** A VM or a template, as far as anything here needs to know it. */
export interface VirtualMachine {
  readonly reference: Reference;
  readonly name: string;
  /** BIOS uuid: what the vSphere provider calls `uuid` and `id`. */
  readonly uuid: string;
  /** vCenter's own, of which no two VMs of a vCenter have the same. */
  readonly instanceUuid: string;
  readonly isTemplate: boolean;
  /** Virtual hardware: 19 for `vmx-19`. */
  readonly hardwareVersion: number;
  readonly passthroughDevices: readonly VmPassthroughDevice[];
  readonly extraConfig: ReadonlyMap<string, string>;
  readonly folder: Reference | undefined;
  readonly host: Reference | undefined;
  /** None for a template. */
  readonly resourcePool: Reference | undefined;
  /** The newest one. */
  readonly snapshot: Reference | undefined;
}

const PROPERTIES = [
  "name",
  "config.uuid",
  "config.instanceUuid",
  "config.template",
  "config.version",
  "config.hardware.device",
  "config.extraConfig",
  "parent",
  "runtime.host",
  "resourcePool",
  "snapshot.currentSnapshot",
];

/**
 * The VM or template with that BIOS uuid, else with that instance uuid; undefined where there is none that the user may see.
 *
 * Privilege: System.View (vSphere Web Services API, SearchIndex.FindByUuid), System.Read to look at it.
 */
export async function findVirtualMachine(session: Session, uuid: string, signal: AbortSignal): Promise<VirtualMachine | undefined> {
  for (const instance of [false, true]) {
    const found = await session.call(
      ({ searchIndex }) => ({
        on: searchIndex,
        method: "FindByUuid",
        parameters: [node("uuid", uuid), node("vmSearch", "true"), node("instanceUuid", String(instance))],
        repeatable: true,
      }),
      signal,
    );
    const reference = optionalChild(found, "returnval");
    if (!reference) continue;
    const vm = await readVirtualMachine(session, referenceOf(reference), signal);
    // What is found may be deleted: it has to be what was asked for.
    if (sameUuid(instance ? vm.instanceUuid : vm.uuid, uuid)) return vm;
    throw new MalformedAnswer(`asked for the VM with uuid ${uuid}, it tells of ${vm.name}, whose uuid is another`);
  }
  return undefined;
}

function sameUuid(a: string, b: string): boolean {
  const [left, right] = [a, b].map((uuid) => uuid.toLowerCase().replace(/[^0-9a-z]/g, ""));
  return left === right;
}

/** Privilege: System.View and System.Read on the VM. */
export async function readVirtualMachine(session: Session, reference: Reference, signal: AbortSignal): Promise<VirtualMachine> {
  const object = await retrieveOne(session, reference, PROPERTIES, signal);
  const template = object.get("config.template");
  return {
    reference,
    name: known(object, "name"),
    uuid: known(object, "config.uuid"),
    instanceUuid: known(object, "config.instanceUuid"),
    isTemplate: template !== undefined && booleanOf(template),
    hardwareVersion: Number(/^vmx-0*(\d{1,4})$/.exec(known(object, "config.version"))?.[1] ?? 0),
    passthroughDevices: passthroughDevices(object.get("config.hardware.device")),
    extraConfig: optionValues(object.get("config.extraConfig")),
    folder: optionalReference(object, "parent"),
    host: optionalReference(object, "runtime.host"),
    resourcePool: optionalReference(object, "resourcePool"),
    snapshot: optionalReference(object, "snapshot.currentSnapshot"),
  };
}

export interface Clone {
  readonly source: Reference;
  readonly folder: Reference;
  readonly name: string;
  readonly resourcePool: Reference;
  /** The source's where undefined. */
  readonly datastore: Reference | undefined;
  /** Shares the disks of this snapshot of the source's; copies them where undefined. */
  readonly snapshot: Reference | undefined;
  readonly extraConfig: Readonly<Record<string, string>>;
}

/**
 * Clones a VM or template into a VM that is off. The new VM.
 *
 * Privileges (vSphere Web Services API, VirtualMachine.CloneVM_Task): VirtualMachine.Provisioning.DeployTemplate on a template, or
 * VirtualMachine.Provisioning.Clone on a VM; VirtualMachine.Inventory.CreateFromExisting on the folder; Resource.AssignVMToPool on the
 * pool; Datastore.AllocateSpace on the datastore; VirtualMachine.Config.AdvancedConfig for extra configuration.
 */
export async function cloneVirtualMachine(session: Session, clone: Clone, signal: AbortSignal): Promise<Reference> {
  const { source, folder, name, resourcePool, datastore, snapshot, extraConfig } = clone;
  const location = node("location", [
    datastore && referenceNode("datastore", datastore),
    snapshot && node("diskMoveType", "createNewChildDiskBacking"),
    referenceNode("pool", resourcePool),
  ]);
  const spec = node("spec", [
    location,
    node("template", "false"),
    node("config", optionNodes(extraConfig)),
    node("powerOn", "false"),
    snapshot && referenceNode("snapshot", snapshot),
  ]);
  const parameters = [referenceNode("folder", folder), node("name", name), spec];
  const made = await runTask(session, { on: source, method: "CloneVM_Task", parameters, repeatable: false }, signal);
  if (!made) throw new MalformedAnswer("a clone has ended well and made nothing");
  return made;
}

/**
 * Adds dynamic devices and extra configuration to a VM that is off.
 *
 * Privileges (vSphere Web Services API, VirtualMachine.ReconfigVM_Task): VirtualMachine.Config.AddRemoveDevice,
 * VirtualMachine.Config.AdvancedConfig.
 */
export async function addToVirtualMachine(
  session: Session,
  vm: Reference,
  { devices, extraConfig }: { readonly devices: readonly DynamicDevice[]; readonly extraConfig: Readonly<Record<string, string>> },
  signal: AbortSignal,
): Promise<void> {
  const additions = devices.map((device, index) => additionOf(device, -1 - index));
  const parameters = [node("spec", [...additions, ...optionNodes(extraConfig)])];
  await runTask(session, { on: vm, method: "ReconfigVM_Task", parameters, repeatable: false }, signal);
}

/**
 * Raises the virtual hardware of a VM that is off.
 *
 * Privilege: VirtualMachine.Config.UpgradeVirtualHardware (vSphere Web Services API, VirtualMachine.UpgradeVM_Task).
 */
export async function upgradeVirtualHardware(session: Session, vm: Reference, version: number, signal: AbortSignal): Promise<void> {
  const parameters = [node("version", `vmx-${version}`)];
  await runTask(session, { on: vm, method: "UpgradeVM_Task", parameters, repeatable: false }, signal);
}

/** Privilege: VirtualMachine.Provisioning.MarkAsTemplate (vSphere Web Services API, VirtualMachine.MarkAsTemplate). */
export async function markAsTemplate(session: Session, vm: Reference, signal: AbortSignal): Promise<void> {
  await session.call(() => ({ on: vm, method: "MarkAsTemplate", repeatable: false }), signal);
}

/**
 * Deletes a VM or template with its own disks.
 *
 * Privilege: VirtualMachine.Inventory.Delete (vSphere Web Services API, ManagedEntity.Destroy_Task).
 */
export async function destroyVirtualMachine(session: Session, vm: Reference, signal: AbortSignal): Promise<void> {
  await runTask(session, { on: vm, method: "Destroy_Task", repeatable: false }, signal);
}

/** Option values belong into a ConfigSpec after its devices. */
function optionNodes(values: Readonly<Record<string, string>>): readonly XmlNode[] {
  return Object.entries(values).map(([key, value]) =>
    node("extraConfig", [node("key", key), node("value", value, { "xsi:type": "xsd:string" })]),
  );
}

function optionValues(list: XmlElement | undefined): ReadonlyMap<string, string> {
  return new Map((list ? children(list, "OptionValue") : []).map((option) => [text(option, "key"), optionalText(option, "value") ?? ""]));
}

function known({ get, reference }: ManagedObject, path: string): string {
  const value = get(path);
  if (!value)
    throw new MalformedAnswer(`${reference.type} ${reference.id} has no ${path}; is it still being made, or its host disconnected?`);
  return textOf(value);
}

function optionalReference({ get }: ManagedObject, path: string): Reference | undefined {
  const value = get(path);
  return value && referenceOf(value);
}

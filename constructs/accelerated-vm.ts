import { HaVmOverride } from "@cdktf/provider-vsphere/lib/ha-vm-override";
import { VirtualMachine } from "@cdktf/provider-vsphere/lib/virtual-machine";
import { TerraformResource, TerraformStack, Token } from "cdktf";
import { Construct } from "constructs";
import { MMIO_SIZE_KEY, MMIO_USE_KEY, mmioSizeGb } from "../lib/model";
import { OLDEST_HARDWARE_VERSION } from "./accelerated-template";
import { Accelerator, AcceleratedVmProps, StaticDevices } from "./accelerated-vm-props";
import { checkPciAddresses, checkWholeNumber, refuse } from "./arguments";
import { PassthruTemplateDevice } from "./provider";
import { sourceOf } from "./source-line";

const DEFAULT_DISK_GIB = 100;
const LONGEST_NAME = 80;
const SIZE_KEYS = [MMIO_USE_KEY, MMIO_SIZE_KEY];
const MOST_DEVICES = 128; // hardware version 21 on ESXi 8.0 U2 (VMware KB 309986)

/**
 * A VM with GPUs, as an ordinary `vsphere_virtual_machine` with what passthrough needs and people forget: EFI firmware, the template's
 * guest id,
 * memory that is reserved whole, a 64-bit MMIO space that holds the GPUs' memory windows, and virtual hardware 17 or newer,
 * which the template guarantees. It pins no host, so that DRS places and HA restarts it wherever its devices are free.
 * Whatever has no prop can be set on `resource`.
 */
export class AcceleratedVm extends Construct {
  readonly resource: VirtualMachine;

  constructor(scope: Construct, id: string, props: AcceleratedVmProps) {
    super(scope, id);
    check(this, props);
    const accelerators = props.accelerators ?? [];
    const requests = accelerators.flatMap(requestsOf);
    const fixed = props.staticDevices;
    this.resource = new VirtualMachine(this, "Resource", {
      name: props.name ?? id,
      resourcePoolId: props.cluster.resourcePoolId,
      datastoreId: props.datastoreId,
      ...optional("folder", props.folder),
      guestId: props.guestId ?? props.template.guestIdFor(TerraformStack.of(this)),
      ...optional("hardwareVersion", props.hardwareVersion),
      numCpus: props.cpus,
      memory: props.memoryMiB,
      // The provider drops the lock without a word where the reservation is not equal to the memory.
      memoryReservation: props.memoryMiB,
      memoryReservationLockedToMax: true,
      firmware: "efi",
      ...optional("extraConfig", this.extraConfig(props)),
      disk: [{ label: "disk0", size: props.diskSizeGiB ?? DEFAULT_DISK_GIB }],
      networkInterface: props.networkIds.map((networkId) => ({ networkId })),
      clone: { templateUuid: props.template.uuidFor(TerraformStack.of(this), requests) },
      ...(fixed && { hostSystemId: fixed.hostSystemId, pciDeviceId: checkPciAddresses(this, "staticDevices", fixed.addresses) }),
      ...optional("dependsOn", this.waitingFor(props)),
      ...(!props.replaceOnTemplateChange && { lifecycle: { ignoreChanges: ["clone"] } }),
    });
    this.describe(accelerators);
    this.setRestartPriority(props);
  }

  private extraConfig(props: AcceleratedVmProps): Record<string, string> | undefined {
    const { accelerators = [], staticDevices, extraConfig = {} } = props;
    const unsized = [...accelerators, ...(staticDevices ? [staticDevices] : [])].find(({ gpu }) => gpu.bar1Gb === undefined)?.gpu;
    if (unsized !== undefined && !SIZE_KEYS.every((key) => Object.keys(extraConfig).some((own) => isSameKey(own, key)))) {
      refuse(this, `the memory window of ${unsized.name} is not known; give its bar1Gb, or ${SIZE_KEYS.join(" and ")} in extraConfig`);
    }
    const bars = [...accelerators.flatMap(bar1GbOf), ...staticBar1GbOf(staticDevices)];
    const size = unsized === undefined ? mmioSizeGb(bars) : undefined;
    const needed: Record<string, string> = size === undefined ? {} : { [MMIO_USE_KEY]: "TRUE", [MMIO_SIZE_KEY]: String(size) };
    for (const key of Object.keys(extraConfig)) {
      const ours = Object.keys(needed).find((name) => isSameKey(name, key));
      if (ours !== undefined) refuse(this, `extraConfig sets ${key}, which is set to ${needed[ours]} for the GPUs already; leave it out`);
      if (/^pciPassthru\d+[.]/i.test(key))
        refuse(this, `extraConfig sets ${key}, which vCenter ignores; ask for the device in accelerators`);
    }
    const all = { ...extraConfig, ...needed };
    return Object.keys(all).length === 0 ? undefined : all;
  }

  /** What has to be there before the VM starts: in this stack a dependency of the VM, in another one a dependency of this stack on it. */
  private waitingFor({ accelerators = [], startAfter = [] }: AcceleratedVmProps): TerraformResource[] | undefined {
    const stack = TerraformStack.of(this);
    const first = new Set([...accelerators.flatMap(({ label }) => label?.devices ?? []), ...startAfter.map(({ resource }) => resource)]);
    for (const resource of first) {
      const other = TerraformStack.of(resource);
      if (other === stack) continue;
      stack.addDependency(other);
      first.delete(resource);
    }
    return first.size === 0 ? undefined : [...first];
  }

  /** What the author asked for and where: Terraform ignores it, the gate compares it with what the template carries. */
  private describe(accelerators: readonly Accelerator[]): void {
    const source = sourceOf(AcceleratedVm);
    const asked = accelerators.map(({ gpu, count = 1, label }) => ({ allowed: gpu.ids, ...optional("label", label?.label), count }));
    this.resource.addOverride("//.passthru", {
      ...(asked.length > 0 && { accelerators: asked }),
      ...(source && { source }),
    });
  }

  private setRestartPriority({ restartPriority, cluster }: AcceleratedVmProps): void {
    if (restartPriority === undefined) return;
    new HaVmOverride(this, "RestartPriority", {
      computeClusterId:
        cluster.id ?? refuse(this, "restartPriority needs the cluster itself or its id, and cluster has only a resource pool"),
      virtualMachineId: this.resource.id,
      haVmRestartPriority: restartPriority,
    });
  }
}

function check(vm: AcceleratedVm, props: AcceleratedVmProps): void {
  const { accelerators = [], staticDevices, template, networkIds, name = vm.node.id } = props;
  if (!Token.isUnresolved(name) && (name === "" || name.length > LONGEST_NAME)) {
    refuse(vm, `its name has ${name.length} characters; give it 1 to ${LONGEST_NAME}`);
  }
  checkWholeNumber(vm, "cpus", props.cpus);
  checkWholeNumber(vm, "memoryMiB", props.memoryMiB, { min: 4, step: 4 });
  checkWholeNumber(vm, "diskSizeGiB", props.diskSizeGiB);
  checkWholeNumber(vm, "hardwareVersion", props.hardwareVersion, { min: OLDEST_HARDWARE_VERSION });
  checkCounts(vm, accelerators);
  if (Token.isUnresolved(networkIds)) refuse(vm, "networkIds is one reference to a list; give a list of ids");
  if (accelerators.length === 0 && !staticDevices) refuse(vm, "asks for no GPU; give accelerators, or use VirtualMachine");
  if (!staticDevices) return;
  const both = "static and dynamic devices on one VM crash the vSphere provider";
  if (accelerators.length > 0) refuse(vm, `has staticDevices and accelerators; ${both}: give one of them`);
  if (template.carriesDevices)
    refuse(vm, `has staticDevices and a prepared template, which carries dynamic ones; ${both}: use AcceleratedTemplate.from`);
}

function checkCounts(vm: AcceleratedVm, accelerators: readonly Accelerator[]): void {
  let total = 0;
  for (const { gpu, count = 1 } of accelerators) {
    if (Token.isUnresolved(count))
      refuse(vm, `count of ${gpu.name} is a reference; give a number, because it decides the template's devices`);
    checkWholeNumber(vm, `count of ${gpu.name}`, count);
    total += count;
  }
  if (total > MOST_DEVICES) refuse(vm, `asks for ${total} devices; a VM has ${MOST_DEVICES} at most`);
}

/** One entry for each device. */
function requestsOf({ gpu, count = 1, label }: Accelerator): PassthruTemplateDevice[] {
  return Array.from({ length: count }, () => ({ allowed: [...gpu.ids], ...optional("label", label?.label) }));
}

function bar1GbOf({ gpu, count = 1 }: Accelerator): number[] {
  return Array<number>(count).fill(gpu.bar1Gb ?? 0);
}

function staticBar1GbOf(fixed: StaticDevices | undefined): number[] {
  return fixed ? fixed.addresses.map(() => fixed.gpu.bar1Gb ?? 0) : [];
}

/** VMX finds its keys in any case. */
function isSameKey(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** The property, or nothing where it has no value. */
function optional<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: V });
}

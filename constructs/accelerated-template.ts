import { DataVsphereVirtualMachine, DataVsphereVirtualMachineConfig } from "@cdktf/provider-vsphere/lib/data-vsphere-virtual-machine";
import { Fn, TerraformStack, Token } from "cdktf";
import { createHash } from "crypto";
import { resolveTokens } from "./arguments";
import { PassthruTemplate, PassthruTemplateDevice } from "./provider";

/** The oldest virtual hardware that has Dynamic DirectPath I/O. */
export const OLDEST_HARDWARE_VERSION = 17;

export interface TemplateCopyOptions {
  /**
   * Datastore of the copy.
   *
   * @default - the source's
   */
  readonly datastoreId?: string;
  /**
   * VM folder of the copy.
   *
   * @default - the source's
   */
  readonly folder?: string;
  /**
   * Whether the copy shares the disks of the source's newest snapshot: made in seconds, but the source has to stay.
   *
   * @default false
   */
  readonly linkedClone?: boolean;
}

export interface PreparedTemplateOptions {
  /**
   * Managed object id of the data centre in which the name is looked up.
   *
   * @default - the only data centre
   */
  readonly datacenterId?: string;
}

/** What an AcceleratedVm is cloned from. Its devices come from the template, since the vSphere provider can't add them to a VM. */
export abstract class AcceleratedTemplate {
  /**
   * A template without devices, by its uuid. For each set of devices that VMs ask for, a stack gets one copy of it that
   * carries them (`passthru_template`), with virtual hardware 17 or newer.
   */
  static from(sourceUuid: string, options: TemplateCopyOptions = {}): AcceleratedTemplate {
    return new CopiedTemplate(sourceUuid, options);
  }

  /** A template, by its name, that carries the devices already. The inventory has to declare them under the same name. */
  static prepared(name: string, options: PreparedTemplateOptions = {}): AcceleratedTemplate {
    return new PreparedTemplate(name, options);
  }

  /** Whether it carries dynamic devices whatever a VM asks for. */
  abstract readonly carriesDevices: boolean;

  /** The uuid to clone in this stack for a VM that asks for these devices, one entry each. */
  abstract uuidFor(stack: TerraformStack, devices: readonly PassthruTemplateDevice[]): string;

  /** Its guest operating system, which the vSphere provider wants a clone to name. */
  abstract guestIdFor(stack: TerraformStack): string;
}

class CopiedTemplate extends AcceleratedTemplate {
  override readonly carriesDevices = false;

  constructor(
    private readonly sourceUuid: string,
    private readonly options: TemplateCopyOptions,
  ) {
    super();
  }

  override uuidFor(stack: TerraformStack, devices: readonly PassthruTemplateDevice[]): string {
    if (devices.length === 0) return this.sourceUuid;
    const hash = contentHash(stack, [this.sourceUuid, devices, this.options]);
    const id = `passthru-template-${hash}`;
    const copy = (stack.node.tryFindChild(id) as PassthruTemplate | undefined) ?? this.copy(stack, id, hash, devices);
    return copy.uuid;
  }

  override guestIdFor(stack: TerraformStack): string {
    return dataSource(stack, "template-source", { uuid: this.sourceUuid }).guestId;
  }

  private copy(stack: TerraformStack, id: string, hash: string, devices: readonly PassthruTemplateDevice[]): PassthruTemplate {
    return new PassthruTemplate(stack, id, {
      sourceTemplateUuid: this.sourceUuid,
      name: this.name(stack, hash),
      device: [...devices],
      hardwareVersion: OLDEST_HARDWARE_VERSION,
      ...this.options,
      lifecycle: { createBeforeDestroy: true },
    });
  }

  /** Of its own for each content, so that a new copy can be made while VMs still hold on to the old one. */
  private name(stack: TerraformStack, hash: string): string {
    const computed = [this.sourceUuid, this.options.datastoreId ?? ""].filter((value) => Token.isUnresolved(value));
    const name = `passthru-${stack.node.id.slice(0, 40)}-${hash}`;
    // The hash knows a reference by its text alone: what it refers to may change under the same text.
    return computed.length === 0 ? name : `${name}-${Fn.substr(Fn.sha1(Fn.join("|", computed)), 0, 8)}`;
  }
}

class PreparedTemplate extends AcceleratedTemplate {
  override readonly carriesDevices = true;

  constructor(
    private readonly name: string,
    private readonly options: PreparedTemplateOptions,
  ) {
    super();
  }

  override uuidFor(stack: TerraformStack): string {
    return this.dataSource(stack).id;
  }

  override guestIdFor(stack: TerraformStack): string {
    return this.dataSource(stack).guestId;
  }

  private dataSource(stack: TerraformStack): DataVsphereVirtualMachine {
    return dataSource(stack, "prepared-template", { name: this.name, ...this.options });
  }
}

/** One a stack and content. */
function dataSource(stack: TerraformStack, prefix: string, config: DataVsphereVirtualMachineConfig): DataVsphereVirtualMachine {
  const id = `${prefix}-${contentHash(stack, config)}`;
  const found = stack.node.tryFindChild(id) as DataVsphereVirtualMachine | undefined;
  return found ?? new DataVsphereVirtualMachine(stack, id, config);
}

function contentHash(stack: TerraformStack, content: unknown): string {
  const text = JSON.stringify([stack.node.path, resolveTokens(stack, content)]);
  return createHash("sha256").update(text).digest("hex").slice(0, 8);
}

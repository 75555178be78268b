import { IResolvable, TerraformMetaArguments } from "cdktf";
import { Construct } from "constructs";
import { Values } from "./attributes";
import { PassthruResource, PassthruTimeouts } from "./passthru-resource";

export interface PassthruHostDeviceConfig extends TerraformMetaArguments {
  /** Managed object id of the host. */
  readonly hostSystemId: string;
  /** PCI address, `0000:af:00.0`. */
  readonly pciId: string;
  /** @default - passthrough is left as it is */
  readonly enabled?: boolean | IResolvable;
  /** @default - the label is left as it is */
  readonly hardwareLabel?: string;
  /** @default - true */
  readonly applyNow?: boolean | IResolvable;
  readonly timeouts?: PassthruTimeouts;
}

/** `passthru_host_device`: whether a PCI device of a host is passed through, and its hardware label. */
export class PassthruHostDevice extends PassthruResource {
  static readonly tfResourceType = "passthru_host_device";

  /** The label as given; undefined leaves the device's as it is. */
  hardwareLabelInput: string | undefined;

  constructor(
    scope: Construct,
    id: string,
    private readonly config: PassthruHostDeviceConfig,
  ) {
    super(scope, id, PassthruHostDevice.tfResourceType, config);
    this.hardwareLabelInput = config.hardwareLabel;
  }

  /** The PCI address as given. */
  get pciIdInput(): string {
    return this.config.pciId;
  }

  get hostSystemId(): string {
    return this.getStringAttribute("host_system_id");
  }

  get pciId(): string {
    return this.getStringAttribute("pci_id");
  }

  get enabled(): IResolvable {
    return this.getBooleanAttribute("enabled");
  }

  get hardwareLabel(): string {
    return this.getStringAttribute("hardware_label");
  }

  get applyNow(): IResolvable {
    return this.getBooleanAttribute("apply_now");
  }

  get active(): IResolvable {
    return this.getBooleanAttribute("active");
  }

  get rebootPending(): IResolvable {
    return this.getBooleanAttribute("reboot_pending");
  }

  get vendorId(): string {
    return this.getStringAttribute("vendor_id");
  }

  get deviceId(): string {
    return this.getStringAttribute("device_id");
  }

  get name(): string {
    return this.getStringAttribute("name");
  }

  get vm(): string {
    return this.getStringAttribute("vm");
  }

  get foundEnabled(): IResolvable {
    return this.getBooleanAttribute("found_enabled");
  }

  get foundLabel(): string {
    return this.getStringAttribute("found_label");
  }

  protected override values(): Values {
    return {
      host_system_id: this.config.hostSystemId,
      pci_id: this.config.pciId,
      enabled: this.config.enabled,
      hardware_label: this.hardwareLabelInput,
      apply_now: this.config.applyNow,
      timeouts: this.config.timeouts,
    };
  }
}

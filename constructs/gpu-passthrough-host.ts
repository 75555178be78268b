import { Token } from "cdktf";
import { Construct } from "constructs";
import { checkPciAddresses } from "./arguments";
import { PassthruHostDevice } from "./provider";
import { sourceOf } from "./source-line";

export interface GpuPassthroughHostProps {
  /** Managed object id of the host: `vsphere_host`'s or its data source's `id`. */
  readonly hostSystemId: string;
  /** PCI addresses as `esxcli hardware pci list` shows them: `0000:af:00.0`. */
  readonly devices: readonly string[];
  /**
   * Whether the devices are passed through.
   *
   * @default true
   */
  readonly enabled?: boolean;
  /**
   * Whether a change is put into effect without a reboot, where the host can do that.
   *
   * @default - true
   */
  readonly applyNow?: boolean;
}

/** The devices of one ESXi host that VMs may have: one `passthru_host_device` each. */
export class GpuPassthroughHost extends Construct {
  /** In the order given; what a HardwareLabel labels. */
  readonly devices: readonly PassthruHostDevice[];

  constructor(scope: Construct, id: string, props: GpuPassthroughHostProps) {
    super(scope, id);
    const { hostSystemId, enabled = true, applyNow } = props;
    const source = sourceOf(GpuPassthroughHost);
    this.devices = checkPciAddresses(this, "devices", props.devices).map((pciId, index) => {
      const device = new PassthruHostDevice(this, deviceId(pciId, index), {
        hostSystemId,
        pciId,
        enabled,
        ...(applyNow === undefined ? {} : { applyNow }),
      });
      if (source) device.addOverride("//.passthru", { source });
      return device;
    });
  }
}

/** An address says which device it is wherever it stands in the list; a reference is not known yet and can't. */
function deviceId(pciId: string, index: number): string {
  return Token.isUnresolved(pciId) ? `device-${index}` : pciId;
}

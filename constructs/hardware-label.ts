import { Token } from "cdktf";
import { Construct } from "constructs";
import { refuse } from "./arguments";
import { PassthruHostDevice } from "./provider";

/** A hardware label that an accelerator asks for. */
export interface DeviceLabel {
  /** Compared byte for byte. */
  readonly label: string;
  /** The devices that this app labels: a VM that asks for the label waits for them. */
  readonly devices: readonly PassthruHostDevice[];
}

export interface HardwareLabelProps {
  /** The label as VMs ask for it; upper and lower case differ. */
  readonly label: string;
  /** Of one host or of several; each device has one label at most. */
  readonly devices: readonly PassthruHostDevice[];
}

/**
 * Labels devices, so that VMs can ask for them and no others. It makes no resource of its own: the label is set on each
 * device's `passthru_host_device`. A label fences requests in, not out: a VM that asks for no label may take a labelled device.
 */
export class HardwareLabel extends Construct implements DeviceLabel {
  /** A label that others manage: nothing is set, and no VM waits for it. */
  static existing(label: string): DeviceLabel {
    const mistake = mistakeIn(label);
    if (mistake) throw new Error(mistake);
    return { label, devices: [] };
  }

  readonly label: string;
  readonly devices: readonly PassthruHostDevice[];

  constructor(scope: Construct, id: string, props: HardwareLabelProps) {
    super(scope, id);
    this.label = props.label;
    this.devices = props.devices;
    const mistake = mistakeIn(this.label);
    if (mistake) refuse(this, mistake);
    if (this.devices.length === 0) refuse(this, `label "${this.label}" has no devices; give some, or use HardwareLabel.existing`);
    for (const device of this.devices) {
      const other = device.hardwareLabelInput;
      if (other !== undefined) refuse(this, `${device.node.path} has the label "${other}" already; a device has one label`);
      device.hardwareLabelInput = this.label;
    }
  }
}

function mistakeIn(label: string): string | undefined {
  if (Token.isUnresolved(label)) return undefined;
  if (label === "") return "the label is empty, which is no label; give it a name, as Training";
  if (label.trim() !== label) return `the label "${label}" begins or ends with white space, which counts; leave it out`;
  return undefined;
}

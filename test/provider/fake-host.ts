import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "../../lib/vsphere";
import { Client } from "../../lib/provider/client";
import { DeviceLocks } from "../../lib/provider/device-locks";
import { children, optionalBoolean, optionalText, text } from "../../lib/vsphere/values";
import { XmlElement } from "../../lib/vsphere/xml";
import { Answer, FakeVcenter, objects, val } from "../vsphere/fake-vcenter";

export interface FakeDevice {
  readonly capable: boolean;
  readonly holder?: string;
  enabled: boolean;
  active: boolean;
  label: string;
}

/** What an UpdatePassthruConfig said of one device. */
export interface Sent {
  readonly address: string;
  readonly enabled: boolean;
  readonly label: string | undefined;
  readonly applyNow: boolean | undefined;
}

/** A vCenter with one host, host-21, that applies what it is sent at once. */
export class FakeHost {
  readonly devices = new Map<string, FakeDevice>();
  /** Each call with what it said. */
  readonly sent: (readonly Sent[])[] = [];
  /** What happens in place of a change. */
  instead: ((sent: readonly Sent[], apply: () => void) => Answer | Promise<Answer>) | undefined;
  /** How many changes ran at the same time at most. */
  atOnce = 0;
  private running = 0;
  private vcenter: FakeVcenter | undefined;
  private readonly clients: Client[] = [];
  private readonly lockFolder = mkdtempSync(join(tmpdir(), "passthru-host-"));

  static async start(devices: Readonly<Record<string, Partial<FakeDevice>>>): Promise<FakeHost> {
    const fake = new FakeHost();
    for (const [address, device] of Object.entries(devices)) {
      fake.devices.set(address, { capable: true, enabled: false, active: false, label: "", ...device });
    }
    fake.vcenter = await FakeVcenter.start({
      RetrievePropertiesEx: ({ call }) => fake.read(call),
      UpdatePassthruConfig: ({ call }) => fake.update(children(call, "config").map(sentOf)),
    });
    return fake;
  }

  /** As `vsphere_server` names it. */
  get server(): string {
    return this.vcenter?.server ?? "";
  }

  /** A client as a new apply has it; of that process. Its locks are in a folder that goes with the host. */
  client(provider = process.pid): Client {
    const session = connect({
      server: this.server,
      user: "rig",
      password: "secret",
      allowUnverifiedSsl: true,
      timeout: 20_000,
      keepAlive: 0,
    });
    const client = new Client(session, new DeviceLocks(this.lockFolder, { terraform: process.pid, provider }));
    this.clients.push(client);
    return client;
  }

  device(address: string): FakeDevice {
    const found = this.devices.get(address);
    if (!found) throw new Error(`no ${address}`);
    return found;
  }

  async stop(): Promise<void> {
    for (const client of this.clients) await client.close();
    await this.vcenter?.stop();
    rmSync(this.lockFolder, { recursive: true });
  }

  private read(call: XmlElement): string {
    const object = JSON.stringify(call).includes("pciPassthruSystem-1") ? "system" : "host";
    return object === "system" ? this.system() : this.host();
  }

  private system(): string {
    const infos = [...this.devices].map(
      ([address, { capable, enabled, active, label }]) =>
        `<HostPciPassthruInfo><id>${address}</id><dependentDevice>${address}</dependentDevice><passthruEnabled>${enabled}</passthruEnabled>
         <passthruCapable>${capable}</passthruCapable><passthruActive>${active}</passthruActive>
         ${label === "" ? "" : `<hardwareLabel>${label}</hardwareLabel>`}</HostPciPassthruInfo>`,
    );
    const properties = { pciPassthruInfo: val("ArrayOfHostPciPassthruInfo", infos.join("")) };
    return objects({ type: "HostPciPassthruSystem", id: "pciPassthruSystem-1", properties });
  }

  private host(): string {
    // 0x8086 is -32634 in the API.
    const ids = [...this.devices.keys()].map(
      (address) =>
        `<HostPciDevice><id>${address}</id><vendorId>-32634</vendorId><deviceId>22208</deviceId><subVendorId>0</subVendorId>
         <subDeviceId>0</subDeviceId><deviceName>Flex</deviceName></HostPciDevice>`,
    );
    const holders = [...this.devices].flatMap(([address, { holder }], index) =>
      holder === undefined ? [] : [{ type: "VirtualMachine", id: `vm-${index}`, properties: running(holder, address) }],
    );
    const reference = '<val type="HostPciPassthruSystem" xsi:type="ManagedObjectReference">pciPassthruSystem-1</val>';
    const properties = {
      name: val("xsd:string", "esx-01"),
      "hardware.pciDevice": val("ArrayOfHostPciDevice", ids.join("")),
      "configManager.pciPassthruSystem": reference,
    };
    return objects({ type: "HostSystem", id: "host-21", properties }, ...holders);
  }

  private async update(sent: readonly Sent[]): Promise<Answer> {
    this.sent.push(sent);
    this.atOnce = Math.max(this.atOnce, ++this.running);
    try {
      // Long enough for others to arrive meanwhile.
      await new Promise((resolve) => setTimeout(resolve, 20));
      const apply = (): void => this.apply(sent);
      if (this.instead) return await this.instead(sent, apply);
      apply();
      return "";
    } finally {
      this.running--;
    }
  }

  private apply(sent: readonly Sent[]): void {
    for (const { address, enabled, label, applyNow } of sent) {
      const device = this.device(address);
      device.enabled = enabled;
      if (applyNow !== false) device.active = enabled;
      device.label = label ?? device.label;
    }
  }
}

function running(name: string, address: string): Record<string, string> {
  const backing = `<backing xsi:type="VirtualPCIPassthroughDynamicBackingInfo"><deviceName/><assignedId>${address}</assignedId></backing>`;
  const device = `<VirtualDevice xsi:type="VirtualPCIPassthrough"><key>13000</key>${backing}</VirtualDevice>`;
  return {
    name: val("xsd:string", name),
    "runtime.powerState": val("VirtualMachinePowerState", "poweredOn"),
    "config.hardware.device": val("ArrayOfVirtualDevice", device),
  };
}

function sentOf(config: XmlElement): Sent {
  return {
    address: text(config, "id"),
    enabled: optionalBoolean(config, "passthruEnabled") ?? false,
    label: optionalText(config, "hardwareLabel"),
    applyNow: optionalBoolean(config, "applyNow"),
  };
}

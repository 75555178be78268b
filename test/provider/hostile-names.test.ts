import { credentials, Client as GrpcClient, Server, ServerCredentials } from "@grpc/grpc-js";
import { passthruProvider } from "../../lib/provider";
import { codecOf, Message, MessageName } from "../../lib/provider/plugin/messages";
import type { Method, Request, Response } from "../../lib/provider/plugin/methods";
import { listen, providerServer } from "../../lib/provider/plugin/server";
import { Session } from "../../lib/provider/plugin/session";
import { Block, Provider } from "../../lib/provider/plugin";
import { OBEYED } from "../hostile";
import { Answers, FakeVcenter, objects, soapFault, val } from "../vsphere/fake-vcenter";
import { dynamic } from "./plugin/connection";

const PASSWORD = 'corr<ect & "horse';
/** What a name must not do to the screen, and must not tell. */
const NAME = `a\u009b2Kb\u202ec\u2028\r\nApply complete!\n##vso[x]${PASSWORD} session-1 ${"long".repeat(250_000)}`;
const XML = NAME.replace(/[&<>\r\n]/g, (character) => `&#${character.charCodeAt(0)};`);

const device = `<HostPciDevice><id>0000:af:00.0</id><vendorId>4318</vendorId><deviceId>8433</deviceId><subVendorId>0</subVendorId>
  <subDeviceId>0</subDeviceId><deviceName>${XML}</deviceName></HostPciDevice>`;
const info = (capable: boolean, enabled: boolean): string => `<HostPciPassthruInfo><id>0000:af:00.0</id>
  <passthruEnabled>${enabled}</passthruEnabled><passthruCapable>${capable}</passthruCapable><passthruActive>false</passthruActive>
  <hardwareLabel>${XML}</hardwareLabel></HostPciPassthruInfo>`;
const holder = `<VirtualDevice xsi:type="VirtualPCIPassthrough"><key>1</key><backing xsi:type="VirtualPCIPassthroughDeviceBackingInfo">
  <id>0000:af:00.0</id></backing></VirtualDevice>`;

const host = (capable: boolean, enabled: boolean): Answers => ({
  RetrievePropertiesEx: ({ call }) =>
    JSON.stringify(call).includes("passthru-1")
      ? objects({ type: "HostPciPassthruSystem", id: "passthru-1", properties: { pciPassthruInfo: val("L", info(capable, enabled)) } })
      : objects(
          {
            type: "HostSystem",
            id: "host-21",
            properties: {
              name: val("xsd:string", XML),
              "hardware.pciDevice": val("ArrayOfHostPciDevice", device),
              "configManager.pciPassthruSystem": '<val type="HostPciPassthruSystem" xsi:type="ManagedObjectReference">passthru-1</val>',
            },
          },
          {
            type: "VirtualMachine",
            id: "vm-1",
            properties: {
              name: val("xsd:string", XML),
              "runtime.powerState": val("VirtualMachinePowerState", "poweredOn"),
              "config.hardware.device": val("ArrayOfVirtualDevice", holder),
            },
          },
        ),
});

const VALUES = {
  host_system_id: "host-21",
  pci_id: "0000:af:00.0",
  enabled: true,
  hardware_label: null,
  apply_now: null,
  active: true,
  reboot_pending: false,
  vendor_id: "10de",
  device_id: "20f1",
  name: "x",
  vm: "",
  found_enabled: false,
  found_label: "",
};
const CONFIG = { host_system_id: "host-21", pci_id: "0000:af:00.0", enabled: true };
const resource = { type_name: "passthru_host_device" };
const create = { ...resource, prior_state: dynamic(null), planned_state: dynamic(VALUES) };

let vcenter: FakeVcenter;
let session: Session<never>;
let server: Server;
let client: GrpcClient;

afterEach(async () => {
  client.close();
  server.forceShutdown();
  await session.close();
  await vcenter.stop();
});

async function start(answers: Answers): Promise<void> {
  vcenter = await FakeVcenter.start(answers);
  session = new Session(passthruProvider as unknown as Provider<Block, never>, () => undefined);
  server = providerServer(session, { called: () => undefined, shutdown: () => undefined });
  client = new GrpcClient(`127.0.0.1:${await listen(server, ServerCredentials.createInsecure())}`, credentials.createInsecure());
  await call("ConfigureProvider", {
    config: dynamic({ vsphere_server: vcenter.server, user: "rig", password: PASSWORD, allow_unverified_ssl: true }),
  });
}

function call<M extends Method>(method: M, request: Request<M>): Promise<Response<M>> {
  const [sent, answered] = [`${method}.Request`, `${method}.Response`] as unknown as [MessageName, MessageName];
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, value?: Message<MessageName>): void => (error ? reject(error) : resolve(value as Response<M>));
    client.makeUnaryRequest(`/tfplugin6.Provider/${method}`, codecOf(sent).encode, codecOf(answered).decode, request, done);
  });
}

const fault = (type: string, inside = ""): Answers => ({ RetrievePropertiesEx: () => soapFault(type, XML, inside) });
const malformed: Answers = {
  RetrievePropertiesEx: () => `<returnval><objects><obj type="x">${XML}</obj><propSet><name>${XML}</name></propSet></objects></returnval>`,
};

it.each<[string, Answers, Method, object]>([
  [
    "a host that can't, at plan",
    host(false, false),
    "PlanResourceChange",
    { ...resource, config: dynamic(CONFIG), prior_state: dynamic(null) },
  ],
  ["a host that can't, at apply", host(false, false), "ApplyResourceChange", create],
  [
    "a VM that holds the device",
    host(true, true),
    "ApplyResourceChange",
    { ...create, planned_state: dynamic({ ...VALUES, enabled: false }) },
  ],
  ["a reboot that is due", host(true, true), "ApplyResourceChange", create],
  ["a change that was not made", { ...host(true, false), UpdatePassthruConfig: () => "" }, "ApplyResourceChange", create],
  ["a fault", fault("HostConfigFault"), "ReadResource", { ...resource, current_state: dynamic(VALUES) }],
  ["a fault's type", fault("x".repeat(5000)), "ReadResource", { ...resource, current_state: dynamic(VALUES) }],
  [
    "a fault's object",
    fault("ManagedObjectNotFound", `<obj type="a">${XML}</obj>`),
    "ImportResourceState",
    { ...resource, id: "host-21/0000:af:00.0" },
  ],
  [
    "a privilege",
    fault("NoPermission", `<privilegeId>${XML}</privilegeId>`),
    "ImportResourceState",
    { ...resource, id: "host-21/0000:af:00.0" },
  ],
  ["no device there", host(true, true), "ImportResourceState", { ...resource, id: "host-21/0000:b0:00.0" }],
  [
    "a malformed answer",
    malformed,
    "ReadDataSource",
    { type_name: "passthru_host_devices", config: dynamic({ host_system_id: "host-21" }) },
  ],
])("%s is told in clean and short words, without secrets", async (_, answers, method, request) => {
  await start(answers);
  const { diagnostics = [] } = (await call(method, request)) as { diagnostics?: readonly Message<"Diagnostic">[] };
  expect(diagnostics.length).toBeGreaterThan(0);
  for (const { summary, detail } of diagnostics) {
    for (const text of [summary ?? "", detail ?? ""]) {
      expect(text).not.toMatch(OBEYED);
      expect(text).not.toMatch(/\n|##vso|corr|horse|session-1/);
      expect(text.length).toBeLessThan(2010);
    }
  }
});

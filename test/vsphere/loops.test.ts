import {
  cloneVirtualMachine,
  connect,
  findVirtualMachine,
  MalformedAnswer,
  readPciHost,
  Session,
  StillRunning,
  vmFolder,
  VsphereError,
} from "../../lib/vsphere";
import { retrieve, retrieveOne } from "../../lib/vsphere/properties";
import { Answers, FakeVcenter, objects, soapFault, val } from "./fake-vcenter";

const HOST = { type: "HostSystem", id: "host-21" };
const never = new AbortController().signal;

let vcenter: FakeVcenter;
let session: Session;
afterEach(async () => {
  await session.close();
  await vcenter.stop();
});

async function start(answers: Answers): Promise<Session> {
  vcenter = await FakeVcenter.start(answers);
  session = connect({
    server: vcenter.server,
    user: "rig",
    password: "s3cret-pass",
    allowUnverifiedSsl: true,
    timeout: 20_000,
    keepAlive: 0,
  });
  return session;
}

const vms = (of: Session) => retrieve(of, { from: HOST, properties: { VirtualMachine: ["name"] }, along: "vm" }, never);
const page = (token: string, found = '<objects><obj type="VirtualMachine">vm-1</obj></objects>'): string =>
  `<returnval><token>${token}</token>${found}</returnval>`;
const parent = objects({
  type: "Folder",
  id: "group-1",
  properties: { parent: '<val type="Folder" xsi:type="ManagedObjectReference">group-1</val>' },
});
const reference = '<returnval type="VirtualMachine">vm-1</returnval>';
const text = (value: string): string => val("xsd:string", value);
const vm = objects({
  type: "VirtualMachine",
  id: "vm-1",
  properties: {
    name: text("precious"),
    "config.uuid": text("4211-b"),
    "config.instanceUuid": text("5011-b"),
    "config.version": text("vmx-19"),
  },
});
const twice =
  '<returnval><objects><obj type="HostSystem">host-21</obj><propSet><name>name</name><val>a</val></propSet><propSet><name>name</name><val>b</val></propSet></objects></returnval>';

describe("what a server leads on for ever ends", () => {
  it.each<[string, Answers, (of: Session) => Promise<unknown>, string, number]>([
    [
      "a page that follows itself",
      { RetrievePropertiesEx: () => page("1"), ContinueRetrievePropertiesEx: () => page("1") },
      vms,
      "a page of objects names itself as the next",
      2,
    ],
    [
      "pages in a circle",
      { RetrievePropertiesEx: () => page("0"), ContinueRetrievePropertiesEx: (_, nth) => page(String(nth % 3)) },
      vms,
      "a page of objects names itself as the next",
      4,
    ],
    [
      "pages without objects",
      { RetrievePropertiesEx: () => page("1"), ContinueRetrievePropertiesEx: () => page("2", "") },
      vms,
      "a page of objects has none, and is not the last",
      2,
    ],
    [
      "pages without end",
      { RetrievePropertiesEx: () => page("0"), ContinueRetrievePropertiesEx: (_, nth) => page(String(nth)) },
      vms,
      "it comes in more than 1000 pages",
      1001,
    ],
    [
      "large pages without end",
      {
        RetrievePropertiesEx: () => page("0", '<objects><obj type="VirtualMachine">vm-1</obj></objects>'.repeat(50_000)),
        ContinueRetrievePropertiesEx: (_, nth) =>
          page(String(nth), '<objects><obj type="VirtualMachine">vm-1</obj></objects>'.repeat(50_000)),
      },
      vms,
      "it has more than 500000 elements",
      6,
    ],
    [
      "folders in a circle",
      { RetrievePropertiesEx: () => parent },
      (of) => vmFolder(of, { type: "Folder", id: "group-1" }, "", never),
      "is in more than 100 folders",
      100,
    ],
  ])("%s", async (_, answers, ask, words, calls) => {
    const error = await ask(await start(answers)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(MalformedAnswer);
    expect((error as Error).message).toContain(words);
    expect(vcenter.seen.length).toBeLessThanOrEqual(calls + 2);
  });

  it("sessions that end at once", async () => {
    await start({
      RetrievePropertiesEx: (_, nth) => (nth % 2 === 1 ? soapFault("NotAuthenticated", "expired") : objects({ ...HOST, properties: {} })),
    });
    let error: unknown;
    for (let call = 0; call < 200 && error === undefined; call++) {
      error = await retrieveOne(session, HOST, ["name"], never).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
    }
    expect((error as VsphereError).message).toBe("vCenter has ended 100 sessions of this program's; what ends them?");
    expect(vcenter.count("Login")).toBe(100);
  });

  it.each([301, 302, 307, 308])("a redirect: HTTP %d is not followed", async (status) => {
    await start({ RetrievePropertiesEx: () => ({ status, body: "", headers: { Location: `https://${vcenter.server}/sdk` } }) });
    await expect(retrieveOne(session, HOST, ["name"], never)).rejects.toThrow(`the server answered HTTP ${status}`);
    expect(vcenter.count("RetrievePropertiesEx")).toBe(1);
  });
});

describe("a task", () => {
  const CLONE = {
    source: { type: "VirtualMachine", id: "vm-1" },
    folder: { type: "Folder", id: "group-v3" },
    name: "copy",
    resourcePool: { type: "ResourcePool", id: "resgroup-8" },
    datastore: undefined,
    snapshot: undefined,
    extraConfig: {},
  };
  const running = objects({ type: "Task", id: "task-1", properties: { info: "<val><key>task-1</key><state>running</state></val>" } });
  const odd = running.replace("running", "dancing");

  it("that was given up and can't be cancelled is named, with what to do", async () => {
    await start({
      CloneVM_Task: () => '<returnval type="Task">task-1</returnval>',
      CancelTask: () => soapFault("NotSupported", "no"),
      RetrievePropertiesEx: () => (vcenter.count("CancelTask") > 0 ? odd : running),
    });
    const error = await cloneVirtualMachine(session, CLONE, AbortSignal.timeout(500)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(StillRunning);
    expect((error as Error).message).toMatch(
      /^CloneVM on VirtualMachine vm-1 \(task-1\) was told to stop.*may still be running: see vCenter's recent tasks/,
    );
    expect(vcenter.count("CancelTask")).toBe(1);
  });

  it("whose start was answered with nonsense may have been started", async () => {
    await start({ CloneVM_Task: () => "<returnval>" });
    await expect(cloneVirtualMachine(session, CLONE, never)).rejects.toMatchObject({ name: "ConnectionError", mayHaveArrived: true });
  });
});

describe("an answer about something else is refused", () => {
  it.each<[string, Answers, (of: Session) => Promise<unknown>, string]>([
    [
      "another object",
      { RetrievePropertiesEx: () => vm },
      (of) => retrieveOne(of, HOST, ["name"], never),
      "asked for HostSystem host-21, it tells of VirtualMachine vm-1",
    ],
    [
      "a property that is told twice",
      { RetrievePropertiesEx: () => twice },
      (of) => retrieveOne(of, HOST, ["name"], never),
      "it tells name of HostSystem host-21 twice",
    ],
    [
      "a VM with another uuid",
      { FindByUuid: () => reference, RetrievePropertiesEx: () => vm },
      (of) => findVirtualMachine(of, "4211-a", never),
      "asked for the VM with uuid 4211-a, it tells of precious, whose uuid is another",
    ],
    [
      "two devices at one address",
      {
        RetrievePropertiesEx: ({ call }) =>
          JSON.stringify(call).includes("system-1")
            ? objects({ type: "HostPciPassthruSystem", id: "system-1", properties: { pciPassthruInfo: val("L", info + info) } })
            : objects({ ...HOST, properties: { "configManager.pciPassthruSystem": '<val type="HostPciPassthruSystem">system-1</val>' } }),
      },
      (of) => readPciHost(of, "host-21", never),
      "host host-21 has two devices at one address",
    ],
  ])("%s", async (_, answers, ask, words) => {
    await expect(ask(await start(answers))).rejects.toThrow(words);
  });

  const info = `<HostPciPassthruInfo><id>0000:af:00.0</id><passthruEnabled>true</passthruEnabled>
    <passthruCapable>true</passthruCapable><passthruActive>true</passthruActive></HostPciPassthruInfo>`;

  it("but not a uuid in another spelling", async () => {
    await start({ FindByUuid: () => reference, RetrievePropertiesEx: () => vm });
    expect(await findVirtualMachine(session, "4211B", never)).toMatchObject({ name: "precious" });
  });
});

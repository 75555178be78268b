import { Clone, cloneVirtualMachine, connect, Session, VsphereError } from "../../lib/vsphere";
import { XmlElement } from "../../lib/vsphere/xml";
import { Answers, FakeVcenter, objects, soapFault } from "./fake-vcenter";

const TASK = '<returnval type="Task">task-1</returnval>';
const info = (state: string, inside = ""): string =>
  objects({
    type: "Task",
    id: "task-1",
    properties: { info: `<val xsi:type="TaskInfo"><key>task-1</key><state>${state}</state>${inside}</val>` },
  });
const DONE = info("success", '<result type="VirtualMachine" xsi:type="ManagedObjectReference">vm-9</result>');
const FAULT = '<error><fault xsi:type="RequestCanceled"/><localizedMessage>The task was canceled.</localizedMessage></error>';

const CLONE: Clone = {
  source: { type: "VirtualMachine", id: "vm-1" },
  folder: { type: "Folder", id: "group-v3" },
  name: "copy",
  resourcePool: { type: "ResourcePool", id: "resgroup-8" },
  datastore: undefined,
  snapshot: undefined,
  extraConfig: { mark: "<1>" },
};

let vcenter: FakeVcenter;
let session: Session;
afterEach(async () => {
  await session.close();
  await vcenter.stop();
});

async function start(answers: Answers): Promise<void> {
  vcenter = await FakeVcenter.start(answers);
  session = connect({ server: vcenter.server, user: "rig", password: "secret", allowUnverifiedSsl: true, timeout: 20_000, keepAlive: 0 });
}

const clone = (more: Partial<Clone> = {}, signal = new AbortController().signal) =>
  cloneVirtualMachine(session, { ...CLONE, ...more }, signal);

/** An element as nested lists: its name, then its text or its children. */
const outline = ({ name, text, children }: XmlElement): unknown =>
  children.length === 0 ? [name, text] : [name, ...children.map(outline)];

it.each<[string, Partial<Clone>, readonly unknown[], readonly unknown[]]>([
  ["copies all disks", {}, [["pool", "resgroup-8"]], []],
  [
    "shares a snapshot's, on a datastore that is asked for",
    { snapshot: { type: "VirtualMachineSnapshot", id: "snapshot-2" }, datastore: { type: "Datastore", id: "datastore-4" } },
    [
      ["datastore", "datastore-4"],
      ["diskMoveType", "createNewChildDiskBacking"],
      ["pool", "resgroup-8"],
    ],
    [["snapshot", "snapshot-2"]],
  ],
])("a clone, in the order of the API's documentation, %s", async (_, more, location, snapshot) => {
  await start({ CloneVM_Task: () => TASK, RetrievePropertiesEx: (_seen, nth) => (nth === 1 ? info("running") : DONE) });
  expect(await clone(more)).toEqual({ type: "VirtualMachine", id: "vm-9" });
  const sent = vcenter.seen.find(({ method }) => method === "CloneVM_Task");
  expect(sent && outline(sent.call)).toEqual([
    "CloneVM_Task",
    ["_this", "vm-1"],
    ["folder", "group-v3"],
    ["name", "copy"],
    [
      "spec",
      ["location", ...location],
      ["template", "false"],
      ["config", ["extraConfig", ["key", "mark"], ["value", "<1>"]]],
      ["powerOn", "false"],
      ...snapshot,
    ],
  ]);
});

it("a task that fails says what and why", async () => {
  await start({ CloneVM_Task: () => TASK, RetrievePropertiesEx: () => info("error", FAULT.replaceAll("RequestCanceled", "NoDiskSpace")) });
  await expect(clone()).rejects.toThrow("vCenter refused CloneVM on VirtualMachine vm-1: The task was canceled. (NoDiskSpace)");
});

describe("an interrupted task", () => {
  const interrupted = async (answers: Answers): Promise<unknown> => {
    const user = new AbortController();
    await start({
      CloneVM_Task: () => TASK,
      ...answers,
      RetrievePropertiesEx: (seen, nth) => {
        if (nth === 2) user.abort(new Error("stopped"));
        return answers["RetrievePropertiesEx"]?.(seen, nth) ?? "";
      },
    });
    return clone({}, user.signal).catch((error: unknown) => error);
  };

  it("is cancelled, and its end awaited", async () => {
    const end = await interrupted({
      CancelTask: () => "",
      RetrievePropertiesEx: () => (vcenter.count("CancelTask") > 0 ? info("error", FAULT) : info("running")),
    });
    expect(end).toBeInstanceOf(VsphereError);
    expect((end as Error).message).toContain("(RequestCanceled)");
  });

  it("that was too far to be cancelled gives what it made", async () => {
    const end = await interrupted({
      CancelTask: () => soapFault("InvalidState", "too late"),
      RetrievePropertiesEx: (_seen, nth) => (nth > 4 ? DONE : info("running")),
    });
    expect(end).toEqual({ type: "VirtualMachine", id: "vm-9" });
  });
});

it.each([
  ["no state", objects({ type: "Task", id: "task-1", properties: { info: "<val/>" } }), "<val> has no <state>"],
  ["a state that is none", info("dancing"), 'task task-1 is in the state "dancing"'],
  ["nothing made", info("success"), "a clone has ended well and made nothing"],
])("a task with %s is an error", async (_, answer, words) => {
  await start({ CloneVM_Task: () => TASK, RetrievePropertiesEx: () => answer });
  await expect(clone()).rejects.toThrow(words);
});

import { connect, PciHost, readPciHost, readVirtualMachine, Session, VirtualMachine, VsphereError } from "../../lib/vsphere";
import { XmlElement } from "../../lib/vsphere/xml";
import * as fc from "../properties";
import { FakeVcenter, objects, parseXml, soapEnvelope, soapFault, val } from "./fake-vcenter";

/**
 * The answers of a vCenter, cut and put together again: some of their elements taken out, doubled, moved, renamed, and their texts
 * exchanged or spoiled. Whatever comes of it is an error for the user, or says nothing that the answer does not.
 */
interface Mutation {
  readonly what: "drop" | "double" | "swap" | "rename" | "text" | "type" | "reference" | "cut" | "insert" | "byte";
  /** Which element, or which place of the text: a part of the whole. */
  readonly at: number;
  readonly other: number;
  readonly text: string;
}

const host = objects(
  {
    type: "HostSystem",
    id: "host-21",
    properties: {
      name: val("xsd:string", "esx-01"),
      "hardware.pciDevice": val(
        "ArrayOfHostPciDevice",
        ["0000:af:00.0", "0000:b0:00.0"]
          .map(
            (
              id,
            ) => `<HostPciDevice><id>${id}</id><classId>768</classId><bus>-81</bus><slot>0</slot><function>0</function><vendorId>4318</vendorId>
            <subVendorId>4318</subVendorId><vendorName>NVIDIA</vendorName><deviceId>8433</deviceId><subDeviceId>5215</subDeviceId>
            <deviceName>A100 &amp; more</deviceName></HostPciDevice>`,
          )
          .join(""),
      ),
      "configManager.pciPassthruSystem": '<val type="HostPciPassthruSystem" xsi:type="ManagedObjectReference">system-1</val>',
    },
  },
  {
    type: "VirtualMachine",
    id: "vm-1",
    properties: {
      name: val("xsd:string", "train-1"),
      "runtime.powerState": val("VirtualMachinePowerState", "poweredOn"),
      "config.hardware.device": val(
        "ArrayOfVirtualDevice",
        `<VirtualDevice xsi:type="VirtualPCIPassthrough"><key>13000</key><backing xsi:type="VirtualPCIPassthroughDynamicBackingInfo"><deviceName/>
         <allowedDevice><vendorId>4318</vendorId><deviceId>8433</deviceId></allowedDevice><customLabel>Training</customLabel>
         <assignedId>0000:b0:00.0</assignedId></backing></VirtualDevice>`,
      ),
    },
  },
);
const system = objects({
  type: "HostPciPassthruSystem",
  id: "system-1",
  properties: {
    pciPassthruInfo: val(
      "ArrayOfHostPciPassthruInfo",
      ["0000:af:00.0", "0000:b0:00.0"]
        .map(
          (id) => `<HostPciPassthruInfo xsi:type="HostPciPassthruInfo"><id>${id}</id><dependentDevice>${id}</dependentDevice>
          <passthruEnabled>true</passthruEnabled><passthruCapable>true</passthruCapable><passthruActive>true</passthruActive>
          <hardwareLabel>Shared</hardwareLabel></HostPciPassthruInfo>`,
        )
        .join(""),
    ),
  },
});
const vm = objects({
  type: "VirtualMachine",
  id: "vm-1",
  properties: {
    name: val("xsd:string", "golden"),
    "config.uuid": val("xsd:string", "42110000-0000-4000-8000-000000000001"),
    "config.instanceUuid": val("xsd:string", "50110000-0000-4000-8000-000000000001"),
    "config.template": val("xsd:boolean", "true"),
    "config.version": val("xsd:string", "vmx-19"),
    "config.extraConfig": val("ArrayOfOptionValue", '<OptionValue><key>mark</key><value xsi:type="xsd:string">ours</value></OptionValue>'),
    parent: '<val type="Folder" xsi:type="ManagedObjectReference">group-v3</val>',
  },
});
const envelope = (answer: string): string =>
  soapEnvelope(`<RetrievePropertiesExResponse xmlns="urn:vim25">${answer}</RetrievePropertiesExResponse>`);
const fault = soapFault("NoPermission", "denied", '<object type="HostSystem">host-21</object><privilegeId>System.Read</privilegeId>').body;

const mutation: fc.Arbitrary<Mutation> = fc.record({
  what: fc.constantFrom("drop", "double", "swap", "rename", "text", "type", "reference", "cut", "insert", "byte"),
  at: fc.double({ min: 0, max: 0.999, noNaN: true }),
  other: fc.double({ min: 0, max: 0.999, noNaN: true }),
  text: fc.oneof(
    fc.constantFrom(
      "",
      "true",
      "0",
      "-1",
      "poweredOff",
      "host-21",
      "returnval",
      "Fault",
      "missingSet",
      "token",
      "objects",
      "val",
      "__proto__",
      "9e9",
    ),
    fc.constantFrom("<", "&", "]]>", "<![CDATA[", "<!--", "<!DOCTYPE a>", "<?x y?>", "&#0;", "\u0000", "\u202e", 'a="1"', "</returnval>"),
    fc.string({ unit: "binary", maxLength: 8 }),
  ),
});

const escaped = (text: string): string => text.replace(/[&<>]/g, (found) => `&#${found.charCodeAt(0)};`);
const ELEMENT = /<([A-Za-z]+)(?:\s[^<>]*)?>[^<>]*<\/\1>|<[A-Za-z]+(?:\s[^<>]*)?\/>|<\/?[A-Za-z:]+(?:\s[^<>]*)?>/g;

function mutated(text: string, { what, at, other, text: more }: Mutation): string {
  const place = Math.floor(at * text.length);
  if (what === "cut") return text.slice(0, place);
  if (what === "insert") return text.slice(0, place) + more + text.slice(place);
  if (what === "byte") return text.slice(0, place) + more + text.slice(place + 1);
  const found = [...text.matchAll(ELEMENT)];
  const one = found[Math.floor(at * found.length)];
  const two = found[Math.floor(other * found.length)];
  if (!one || !two) return text;
  const replaced = (by: string): string => text.slice(0, one.index) + by + text.slice(one.index + one[0].length);
  const word = more.replace(/[^A-Za-z]/g, "") || "x";
  switch (what) {
    case "drop":
      return replaced("");
    case "double":
      return replaced(one[0] + one[0]);
    case "swap":
      return replaced(two[0]);
    case "rename":
      return one[1] === undefined ? replaced(`<${word}>`) : replaced(one[0].replaceAll(one[1], word));
    case "text":
      return replaced(one[0].replace(/>[^<>]*</, () => `>${escaped(more)}<`));
    case "type":
      return replaced(one[0].replace(/^<([A-Za-z]+)/, `<$1 xsi:type="${word}"`));
    case "reference":
      return replaced(one[0].replace(/^<([A-Za-z]+)/, `<$1 type="${word}"`));
  }
}

/** Every text and reference in a document: whatever is read has to be among them. */
function textsOf(text: string): ReadonlySet<string> {
  const all = new Set<string>();
  const visit = (element: XmlElement): void => {
    all
      .add(element.text)
      .add(element.text.trim())
      .add(element.objectType ?? "");
    element.children.forEach(visit);
  };
  try {
    visit(parseXml(text));
  } catch {
    // Nothing is read of it.
  }
  return all;
}

let vcenter: FakeVcenter;
let session: Session;
let answers: readonly string[] = [];
beforeAll(async () => {
  const RetrievePropertiesEx = ({ call }: { call: XmlElement }) => ({
    status: 200,
    body: answers[JSON.stringify(call).includes("system-1") ? 1 : 0] ?? "",
  });
  vcenter = await FakeVcenter.start({ RetrievePropertiesEx, ContinueRetrievePropertiesEx: () => "<returnval/>" });
  session = connect({
    server: vcenter.server,
    user: "rig",
    password: "s3cret-pass",
    allowUnverifiedSsl: true,
    timeout: 20_000,
    keepAlive: 0,
  });
});
afterAll(async () => {
  await session.close();
  await vcenter.stop();
});

async function told<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    expect(error).toBeInstanceOf(VsphereError);
    const { message } = error as Error;
    expect(message.length).toBeLessThan(2010);
    expect(message).not.toMatch(/[^\P{Cc}]|\p{Cf}|s3cret/u);
    return undefined;
  }
}

const signal = new AbortController().signal;
const mutations = fc.array(mutation, { minLength: 1, maxLength: 4 });
const seeds = (text: string): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom(envelope(text), envelope(text), envelope(text), fault), mutations)
    .map(([seed, all]) => all.reduce(mutated, seed));

it("of a host, nothing is read that the answers don't say", async () => {
  await fc.assertAsync(
    fc.asyncProperty(
      fc.oneof(seeds(host), fc.constant(envelope(host))),
      fc.oneof(seeds(system), fc.constant(envelope(system))),
      async (one, two) => {
        answers = [one, two];
        const found: PciHost | undefined = await told(readPciHost(session, "host-21", signal));
        if (!found) return;
        const [said, ofSystem] = [textsOf(one), textsOf(two)];
        expect(found.name === "host-21" || said.has(found.name)).toBe(true);
        for (const device of found.devices) {
          expect(ofSystem.has(device.address)).toBe(true);
          expect(device.label === "" || ofSystem.has(device.label)).toBe(true);
          expect(device.name === "" || said.has(device.name)).toBe(true);
          for (const id of [device.vendorId, device.deviceId, device.subVendorId, device.subDeviceId]) expect(id & 0xffff).toBe(id);
        }
        for (const [address, name] of found.holders) expect(said.has(address) && (name === "" || said.has(name))).toBe(true);
      },
    ),
    { numRuns: 1500 },
  );
});

it("of a VM, nothing is read that the answer doesn't say", async () => {
  await fc.assertAsync(
    fc.asyncProperty(seeds(vm), async (one) => {
      answers = [one];
      const found: VirtualMachine | undefined = await told(readVirtualMachine(session, { type: "VirtualMachine", id: "vm-1" }, signal));
      if (!found) return;
      const said = textsOf(one);
      for (const text of [
        found.name,
        found.uuid,
        found.instanceUuid,
        found.folder?.id,
        found.host?.id,
        found.resourcePool?.id,
        found.snapshot?.id,
      ]) {
        expect(text === undefined || said.has(text)).toBe(true);
      }
      for (const [key, value] of found.extraConfig) expect(said.has(key) && (value === "" || said.has(value))).toBe(true);
    }),
    { numRuns: 1500 },
  );
});

it("the answers are read as they are", async () => {
  answers = [envelope(host), envelope(system)];
  const found = await readPciHost(session, "host-21", signal);
  expect(found.devices.map(({ address, label, name }) => [address, label, name])).toEqual([
    ["0000:af:00.0", "Shared", "A100 & more"],
    ["0000:b0:00.0", "Shared", "A100 & more"],
  ]);
  expect([...found.holders]).toEqual([["0000:b0:00.0", "train-1"]]);
});

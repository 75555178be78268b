import { requestOf, sameRequests, spell } from "../../lib/provider/template-devices";
import { isOurs, birthMark, MARK, ownMark } from "../../lib/provider/template-mark";
import { additionOf, passthroughDevices } from "../../lib/vsphere/vm-devices";
import { writeXml } from "../../lib/vsphere/xml";
import * as fc from "../properties";
import { parseXml } from "../vsphere/fake-vcenter";

const id16 = fc.nat({ max: 0xffff }).map((id) => id.toString(16).padStart(4, "0"));
const id = fc
  .tuple(id16, id16, fc.option(fc.tuple(id16, id16)), fc.option(fc.nat({ max: 0xff })))
  .map(([vendor, device, sub, revision]) =>
    [vendor, device, ...(sub ?? []), ...(sub && revision !== null ? [revision.toString(16)] : [])].join(":"),
  );
const label = fc.option(fc.stringMatching(/^[\w<&>"' -]{0,12}$/));
const block = fc.record({ allowed: fc.array(id, { maxLength: 3 }), label });

/** What vCenter tells of a device that was added: the change's device, with the integers as it stores them. */
function throughVcenter(device: ReturnType<typeof requestOf>) {
  const xml = writeXml(additionOf(device, -1)).replace(
    "<deviceChange>",
    '<deviceChange xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">',
  );
  const change = parseXml(xml);
  return passthroughDevices({ ...change, children: change.children.filter(({ name }) => name === "device") });
}

it("a device that was asked for is recognised on the copy, whatever its ids and label", () => {
  fc.assert(
    fc.property(block, (wanted) => {
      const request = requestOf(wanted);
      const [found] = throughVcenter(request);
      expect(found).toEqual({ address: undefined, dynamic: request });
      expect(sameRequests([request], [requestOf(spell(request))])).toBe(true);
    }),
  );
});

it.each([
  [[{ allowed: ["10de:20f1"], label: "A" }], [{ allowed: ["0x10DE:0x20f1"], label: "A" }], true],
  [[{ allowed: ["10de:20f1", "8086:56c0"], label: null }], [{ allowed: ["8086:56c0", "10de:20f1"], label: "" }], true],
  [
    [
      { allowed: ["10de:20f1"], label: "A" },
      { allowed: [], label: null },
    ],
    [
      { allowed: [], label: null },
      { allowed: ["10de:20f1"], label: "A" },
    ],
    true,
  ],
  [[{ allowed: ["10de:20f1"], label: "A" }], [{ allowed: ["10de:20f1"], label: "a" }], false],
  [[{ allowed: ["10de:20f1"], label: null }], [{ allowed: [], label: null }], false],
  [
    [{ allowed: [], label: null }],
    [
      { allowed: [], label: null },
      { allowed: [], label: null },
    ],
    false,
  ],
])("the same devices in other words are no drift: %#", (a, b, same) => {
  expect(sameRequests(a.map(requestOf), b.map(requestOf))).toBe(same);
});

describe("the mark of what was made here", () => {
  const vm = (instanceUuid: string, mark?: string) => ({ instanceUuid, extraConfig: new Map(mark === undefined ? [] : [[MARK, mark]]) });

  it.each([
    ["a finished template's", vm("50a1", ownMark(vm("50a1"))), true],
    ["a half-made one's", vm("50a1", birthMark()), true],
    ["a VM's that was cloned from one, and inherits the text", vm("50b2", ownMark(vm("50a1"))), false],
    ["none", vm("50a1"), false],
  ])("is %s", (_, found, ours) => expect(isOurs(found)).toBe(ours));

  it("is another for each copy", () => expect(birthMark()).not.toBe(birthMark()));
});

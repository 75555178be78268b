import * as fc from "../properties";
import { safeParse } from "valibot";
import { parsePciAddress, parsePciId } from "../../lib/model";
import { InventorySchema } from "../../lib/schema";

const parts = (...tokens: string[]) => fc.array(fc.constantFrom(...tokens), { maxLength: 9 }).map((chosen) => chosen.join(""));

const repeatsSubId = (text: string) => /:([str])=.*:\1=/i.test(text);

test("an id is valid by the schema where the model can read it, sub-ids given twice aside", () => {
  const id = fc.oneof(parts("10de", "20F1", "0x1", "0X2f", ":", ":", ":", "s=", "t=", "R=", "a1", "12345", "g", ""), fc.string());
  fc.assert(
    fc.property(id, (text) => {
      fc.pre(!repeatsSubId(text));
      expect(isValid({ count: 1, id: text })).toBe(parsePciId(text) !== undefined);
    }),
    { numRuns: 5000 },
  );
});

test.each(["10de:20f1", "0x10de:0x20f1", "10de:20f1:10de:145f", "10de:20f1:10de:145f:a1", "10de:20f1:s=10de:t=145f", "10de:20f1:r=a1"])(
  "%s is valid by both",
  (id) => {
    expect([isValid({ count: 1, id }), parsePciId(id) !== undefined]).toEqual([true, true]);
  },
);

test("an address is valid by the schema where the model can read it", () => {
  const address = fc.oneof(
    parts("0000", "af", "1F", "00", "20", ":", ":", ".0", ".7", ".8", "."),
    fc.stringMatching(/^([0-9a-f]{4}:)?[0-9a-f]{2}:[0-9a-f]{2}\.[0-9]$/),
  );
  fc.assert(
    fc.property(address, (text) => expect(isValid({ address: text, id: "10de:20f1" })).toBe(parsePciAddress(text) !== undefined)),
    { numRuns: 3000 },
  );
});

function isValid(device: object): boolean {
  const host = { name: "h", esxi: "8.0", cpu_mhz: 1, memory_mb: 1, devices: [device] };
  return safeParse(InventorySchema, { clusters: [{ name: "c", hosts: [host] }] }).success;
}

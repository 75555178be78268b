import * as fc from "../properties";
import width from "string-width";
import { align, shorten, wrap } from "../../lib/report/lines";

test.each([
  ["fits", "esx-01", 10, "esx-01"],
  ["loses its middle", "vsphere_virtual_machine.a", 11, "vsphe…ine.a"],
  ["counts wide characters twice", "虚拟机虚拟机", 8, "虚拟…机"],
])("a name that %s", (_, text, columns, short) => {
  expect(shorten(text, columns)).toBe(short);
});

test("a shortened text is never wider than asked", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 3, max: 30 }), (text, columns) => {
      expect(width(shorten(text, columns))).toBeLessThanOrEqual(columns);
    }),
  );
});

test("wrapping keeps every word, and every line of short words within its width", () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-z]{1,10}$/), { minLength: 1 }), (words) => {
      const lines = wrap(words.join(" "), 20, "> ", "  ");
      expect(lines.map((line) => line.slice(2)).join(" ")).toBe(words.join(" "));
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(20);
    }),
  );
});

test("columns without a text in any row are left out", () => {
  expect(
    align([
      ["a", "", "c"],
      ["bb", ""],
    ]),
  ).toEqual(["a   c", "bb   "]);
});

import * as fc from "../properties";
import { nearMiss } from "../../lib/model";

test.each([
  ["pasthrough", "passthrough"],
  ["Passthrough", "passthrough"],
  ["memroy", "memory"],
  ["hots", "host"],
  ["zz", undefined],
  ["", undefined],
  ["something else", undefined],
])("%s was meant as %s", (found, meant) => {
  expect(nearMiss(found, ["memory", "passthrough", "hosts", "host"])).toBe(meant);
});

test("of names that are equally near, the first by code unit, whatever their order", () => {
  const known = ["esx-4", "esx-", "esx-34"];
  expect([known, [...known].reverse()].map((names) => nearMiss("esx-3", names))).toEqual(["esx-", "esx-"]);
});

test("a long name of a hostile file is not compared", () => {
  expect(nearMiss("a".repeat(101), ["a".repeat(101)])).toBeUndefined();
});

test("one letter wrong, missing or too many in four or more is always found", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z]{4,20}$/), fc.nat(), fc.constantFrom("", "#", "##"), (name, where, letters) => {
      const at = where % name.length;
      const removed = letters === "##" ? 0 : 1;
      expect(nearMiss(name.slice(0, at) + letters.slice(0, 1) + name.slice(at + removed), [name])).toBe(name);
    }),
  );
});

import * as fc from "../../properties";
import { failureSets, numberOfFailureSets } from "../../../lib/engine/failover/failure-sets";
import { HostState } from "../../../lib/engine/compile/host-state";

test("sets of equal hosts are counted once, as they are looked at once", () => {
  const states = fc.array(fc.nat(3), { maxLength: 8 });
  fc.assert(
    fc.property(states, fc.nat(9), (ids, size) => {
      const hosts = ids.map((id) => ({ id }) as HostState);
      const slots = ids.map((_, slot) => slot);
      const sets = [...failureSets(hosts, slots, size)];
      expect(numberOfFailureSets(hosts, slots, size)).toBe(sets.length);
      const kinds = sets.map((failed) =>
        failed
          .map((slot) => ids[slot])
          .sort()
          .join(),
      );
      expect(new Set(kinds).size).toBe(sets.length);
    }),
  );
});

test.each<[title: string, hosts: readonly number[], size: number, sets: readonly (readonly number[])[]]>([
  ["nobody fails: one way", [0, 1], 0, [[]]],
  ["nobody fails where nobody is", [], 0, [[]]],
  ["more than there are", [0, 1], 3, []],
  ["all of them: one way", [0, 1], 2, [[0, 1]]],
  ["one of equal hosts is one way", [5, 5, 5], 1, [[0]]],
  [
    "two of three, of which two are equal",
    [5, 5, 7],
    2,
    [
      [0, 1],
      [0, 2],
    ],
  ],
  [
    "two of three that differ",
    [5, 6, 7],
    2,
    [
      [0, 1],
      [0, 2],
      [1, 2],
    ],
  ],
])("%s", (_, ids, size, sets) => {
  const hosts = ids.map((id) => ({ id }) as HostState);
  const slots = ids.map((_id, slot) => slot);
  expect([...failureSets(hosts, slots, size)]).toEqual(sets);
  expect(numberOfFailureSets(hosts, slots, size)).toBe(sets.length);
});

test("only the hosts that are asked about fail", () => {
  const hosts = [5, 5, 7].map((id) => ({ id }) as HostState);
  expect([...failureSets(hosts, [1, 2], 1)]).toEqual([[1], [2]]);
});

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

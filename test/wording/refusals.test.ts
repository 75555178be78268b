import { Refusal } from "../../lib/model";
import { namesIn, refusalsInWords, remedy } from "../../lib/wording";
import { refusalsInBrief } from "../../lib/wording/refusals-in-brief";

const names = namesIn({ clusters: [{ hosts: [] }] });
const free = (host: string, used: number): Refusal => ({ host, reason: "no-free-device", requested: 4, used, capacity: 4 });
const memory: Refusal = { host: "e9", reason: "memory", requested: 65536, used: 983040, capacity: 1048576 - 1024 };
const away = (host: string): Refusal => ({ host, reason: "maintenance" });
const pool: Refusal = { reason: "resource-pool", name: "gold", resource: "memory", requested: 2048, used: 0, capacity: 1024 };

test.each<[string, readonly Refusal[], string, string]>([
  ["one host", [free("e1", 1)], "3 of 4 free at e1", "e1 has only 3 matching devices free"],
  ["equal hosts together", [free("e1", 1), free("e2", 1)], "3 of 4 free at e1 and e2", "no host has more than 3 matching devices free"],
  [
    "many hosts, the rarest reason first",
    [free("e1", 4), free("e2", 4), free("e3", 4), memory],
    "memory at e9 (63 GB of 1023 GB free, 64 GB needed); 0 of 4 free at 3 hosts",
    "it is refused: memory at e9 (64 GB asked, 63 GB free) and no matching device free at 3 hosts (4 asked, 0 free)",
  ],
  [
    "what stands in the way anyway says nothing new",
    [away("e1"), free("e2", 1)],
    "maintenance at e1; 3 of 4 free at e2",
    "e2 has only 3 matching devices free",
  ],
  ["unless it is all there is", [away("e1")], "maintenance at e1", "it is refused: in maintenance at e1"],
  [
    "without a host",
    [pool],
    "resource pool gold (1 GB of 1 GB free, 2 GB needed)",
    'it is refused: resource pool "gold" (2 GB asked, 1 GB free)',
  ],
])("refusals, in brief and as a clause: %s", (_, refusals, brief, clause) => {
  expect(refusalsInBrief(refusals, names)).toBe(brief);
  expect(refusalsInWords(refusals)).toBe(clause);
});

test("only so many reasons are told in brief", () => {
  const refusals = ["a", "b", "c", "d", "e", "f"].map((name): Refusal => ({ host: "e1", reason: "datastore", name }));
  expect(refusalsInBrief(refusals, names)).toBe(
    "datastore a at e1; datastore b at e1; datastore c at e1; datastore d at e1; 2 more reasons",
  );
});

test("what would help is against the rarest reason", () => {
  expect(remedy([free("e1", 4), free("e2", 4), memory])).toBe(
    "free 1 GB of memory at e9, or as much on another host with matching devices, or ask for less",
  );
  expect(remedy([])).toBeUndefined();
});

test("what would help is against what refuses whatever the host, before what a host lacks: no other host gets around it", () => {
  const raised = 'raise the limit of pool "gold" (or its reservation, unless it is expandable) to 2048 MB of memory at least';
  expect(remedy([free("e1", 4), pool])).toBe(raised);
  expect(remedy([pool, free("e1", 4)])).toBe(raised);
});

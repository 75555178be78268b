import { candidateOf, hostRefusals, targetsOf } from "../../../lib/engine/constraints/eligibility";
import { plannedSpec } from "../../../lib/engine/constraints/vm-spec";
import { Host } from "../../../lib/model";
import { cluster, hosts, planned } from "../../reference/notation";

const [host] = hosts("h1[A]");
const spec = plannedSpec(planned("p", "A", { hardwareVersion: 22 }), 0, cluster({ hosts: [host!] }));

test.each<[title: string, more: Partial<Host>, restart: boolean, reasons: readonly string[]]>([
  ["nothing is in its way", { esxi: "9.0" }, false, []],
  ["one reason", {}, false, ["hardware-version"]],
  [
    "every reason is kept, in the order of the report",
    { state: "maintenance", failover: true },
    false,
    ["maintenance", "failover-host", "hardware-version", "host-rule"],
  ],
  ["some don't count after a failure", { esxi: "9.0", failover: true }, true, []],
])("%s", (_, more, restart, reasons) => {
  const of = { ...host!, ...more };
  const isRuled = reasons.includes("host-rule");
  const rules = isRuled ? [{ name: "elsewhere", hosts: ["h2"], atPowerOn: true }] : [];
  const target = targetsOf([of], rules).get("h1")!;
  const found = hostRefusals(candidateOf(spec, isRuled ? [0] : []), target, { restart, hostRules: rules });
  expect(found.map(({ reason }) => reason)).toEqual(reasons);
});

test("a rule that lists a host twice, or one that is not there, lists it once", () => {
  const targets = targetsOf(hosts("h1[] h2[]"), [{ name: "r", hosts: ["h1", "h1", "h9"], atPowerOn: true }]);
  expect([...targets].map(([name, { allowedBy }]) => [name, allowedBy])).toEqual([["h1", [0]], ["h2", []]]); // prettier-ignore
});

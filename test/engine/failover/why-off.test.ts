import { judge } from "../judge";
import { cluster, ha, hosts, inventory, plan, running } from "../../reference/notation";

const of = (notation: string) => cluster({ hosts: hosts(notation), vms: [running("r", "h1", [0])], ha: ha(1) });

test.each([["without a device at all", of("h1[A] h2[]"), ["no-matching-device"]]])(
  "a VM stays off %s, and the failure says so restart by restart",
  (_, declared, reasons) => {
    const { failover } = judge(plan([]), inventory(declared)).clusters[0]!;
    expect(failover.worst?.refused).toMatchObject([{ vms: ["r"], by: reasons.map((reason) => ({ host: "h2", reason })) }]);
    expect(failover.failing).toMatchObject({ hosts: ["h1"], off: ["r"], restarts: [{ vm: "r" }] });
  },
);

test("where everyone comes back there is nothing to tell", () => {
  const { failover } = judge(plan([]), inventory(of("h1[A] h2[A]"))).clusters[0]!;
  expect([failover.worst?.refused, failover.failing]).toEqual([undefined, undefined]);
});

import { prepare } from "../../lib/engine";
import { cluster, hosts, inventory, plan, running, vm } from "../reference/notation";

describe("which hosts may take a VM", () => {
  const of = cluster({
    hosts: [...hosts("h1[A*2] h2[A]"), ...hosts("h3[A*4]", { state: "maintenance" }), ...hosts("h4[A*3]", { datastores: [] })],
    vms: [running("old", "h1", [0])],
  });
  const prepared = prepare(
    plan([vm("v", "A,A", { datastores: ["ds"] }), vm("x", "A", { memoryMb: { known: false, why: "${m}" } })]),
    inventory(of),
  );

  test("is told with every reason why not", () => {
    expect(prepared.eligibility("v")).toEqual([
      {
        kind: "known",
        cluster: "c",
        vm: "vsphere_virtual_machine.v",
        everywhere: [],
        hosts: [
          { host: "h1", refusals: [{ host: "h1", reason: "no-free-device", requested: 2, used: 1, capacity: 2 }] },
          { host: "h2", refusals: [{ host: "h2", reason: "no-matching-device", requested: 2, used: 0, capacity: 1 }] },
          { host: "h3", refusals: [{ host: "h3", reason: "maintenance" }] },
          { host: "h4", refusals: [{ host: "h4", reason: "datastore", name: "ds" }] },
        ],
      },
    ]);
  });

  test("is told of a question that was changed", () => {
    const [without] = prepared.with({ kind: "leave-out-vm", vm: "old" }).eligibility("vsphere_virtual_machine.v");
    expect(without).toMatchObject({ hosts: [{ host: "h1", refusals: [] }, {}, {}, {}] });
  });

  test("is not known where the VM is not", () => {
    expect(prepared.eligibility("x")).toMatchObject([{ kind: "unknown", vm: "vsphere_virtual_machine.x" }]);
  });

  test("hangs on sub-ids where the inventory does not declare them", () => {
    const open = prepare(plan([vm("s", "S")]), inventory(cluster({ hosts: hosts("h1[A] h2[S]") })));
    expect(open.eligibility("s")).toMatchObject([
      {
        hosts: [
          { host: "h1", hangsOnSubIds: true },
          { host: "h2", refusals: [] },
        ],
      },
    ]);
  });

  test("is an error for a VM that is not there", () => {
    expect(() => prepared.eligibility("olt")).toThrow(
      'inventory.json  there is no VM "olt" that is powered on or runs; did you mean "old"?',
    );
  });
});

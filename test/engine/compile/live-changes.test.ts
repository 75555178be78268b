import { batchOf } from "../../../lib/engine/compile/batch";
import { whyLiveRefused } from "../../../lib/engine/compile/live-changes";
import { PlanIndex } from "../../../lib/engine/compile/plan-index";
import { Cluster, known, PlanVm, ResourcePool } from "../../../lib/model";
import { cluster, hosts, inventory, plan, running, vm } from "../../reference/notation";

const pool = (more: Partial<ResourcePool>): ResourcePool => ({ name: "small", expandable: true, source: { file: "i", line: 1 }, ...more });
const full = { ...running("big", "h1", []), memoryReservationMb: 9000 };
const of = (more: Partial<Cluster> = {}): Cluster =>
  cluster({
    hosts: hosts("h1[A] h2[A]").map((host) => ({ ...host, memoryMb: 16000, cpuMhz: 1000 })),
    vms: [{ ...running("r", "h1", []), memoryMb: 4096 }, full],
    ...more,
  });
const asked = (more: Partial<PlanVm>): PlanVm => vm("r", "", { action: "none", reconfigures: true, memoryMb: known(4096), ...more });

/** `r` runs beside a VM that reserves most of h1. */
test.each<[title: string, vm: PlanVm, cluster: Cluster, refused: string | undefined]>([
  ["that raises nothing", asked({}), of(), undefined],
  ["of memory that its host has", asked({ memoryReservationMb: known(2000) }), of(), undefined],
  ["of memory that its host has not", asked({ memoryReservationMb: known(8000) }), of(), "more than h1 has left"],
  ["of CPU that its host has not", asked({ cpuReservationMhz: known(2000) }), of(), "more than h1 has left"],
  ["of its pool, where pools bind nothing", asked({ changes: ["resource_pool_id"] }), of({ resourcePools: [pool({})] }), undefined],
  [
    "of its pool, where one has a limit",
    asked({ changes: ["resource_pool_id"] }),
    of({ resourcePools: [pool({ memoryLimitMb: 1000 })] }),
    "another resource pool",
  ],
])("a live change %s", (_, changed, declared, refused) => {
  const { opaque } = batchOf(declared, declared, new PlanIndex(plan([changed]), inventory(declared)), new Set());
  if (refused === undefined) expect(opaque).toEqual([]);
  else expect(opaque).toMatchObject([{ vm: changed.address, why: expect.stringContaining(refused) as string }]);
});

test("nothing speaks against what stays as it is", () => {
  const [r] = of().vms;
  const [spec] = batchOf(of(), of(), new PlanIndex(plan([]), inventory(of())), new Set()).occupants.map((each) => each.spec);
  expect(whyLiveRefused(asked({}), r!, spec!, of(), of().vms)).toBeUndefined();
});

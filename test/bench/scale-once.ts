import { judge } from "../engine/judge";
import { Judgement } from "../../lib/model";
import { g96 } from "../clusters/g96";
import { vcenter } from "../clusters/vcenter";
import { alternately, timing } from "./measure";
import { Enumeration } from "./peers/enumeration";
import { placedOf, runningVms } from "./peers/packing";
import { Make, numberOfClusters, Scaled } from "./scale";
import { counted } from "./table";
import { peakMegabytes } from "../peak-memory";

/** One size in a process of its own: node -r tsx/cjs test/bench/scale-once.ts gpu|mixed HOSTS judge|draw */
const [, , make, hosts, what] = process.argv;
process.stdout.write(JSON.stringify(once(make as Make, Number(hosts), what === "judge")));

function once(kind: Make, size: number, judged: boolean): Scaled {
  const { plan, inventory } =
    kind === "gpu"
      ? g96({ seed: 1, hostFailures: 1, hosts: size, running: "half" })
      : vcenter({ clusters: numberOfClusters(size), hosts: size, vms: 16 * size });
  let judgement: Judgement = { clusters: [] };
  const enumerate = (): void => {
    for (const cluster of inventory.clusters) {
      const enumeration = new Enumeration(placedOf(cluster, runningVms(cluster)));
      cluster.hosts.forEach((_, failed) => enumeration.restarts([failed]));
    }
  };
  const nothing = timing([0]);
  const [ours, theirs] = judged ? alternately(() => (judgement = judge(plan, inventory)), enumerate) : [nothing, nothing];
  const verdicts = counted(judgement.clusters.map(({ powerOn, failover }) => `${powerOn.verdict} / ${failover.verdict}`));
  return { ours, theirs, verdicts, megabytes: peakMegabytes() };
}

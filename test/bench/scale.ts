import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { exponent, Timing } from "./measure";
import { Row } from "./row";

/** `gpu`: 8 devices in every host, half of the VMs run. `mixed`: a third of the hosts have devices, one VM in twenty, most run. */
export type Make = "gpu" | "mixed";

/** What one process finds of one size, and prints. */
export interface Scaled {
  readonly ours: Timing;
  readonly theirs: Timing;
  readonly verdicts: string;
  readonly megabytes: number;
}

interface Point {
  readonly hosts: number;
  readonly judged: Scaled;
  /** The same without judging. */
  readonly drawn: Scaled;
}

const ONE_CLUSTER = [12, 24, 48, 96];
const MANY_CLUSTERS = [96, 1000, 2500];

/** The same kind of cluster, larger and larger, each in a process of its own, so that memory can be told. */
export function scale(): Row[] {
  const points = (make: Make, sizes: readonly number[]): Point[] =>
    sizes.map((hosts) => ({ hosts, judged: inProcess(make, hosts, "judge"), drawn: inProcess(make, hosts, "draw") }));
  return [
    ...series("GPU hosts, one cluster", points("gpu", ONE_CLUSTER)),
    ...series("mixed hosts, one cluster", points("mixed", ONE_CLUSTER)),
    ...series("mixed hosts, clusters of at most 96", points("mixed", MANY_CLUSTERS)),
  ];
}

export function numberOfClusters(hosts: number): number {
  return Math.ceil(hosts / 96);
}

function series(name: string, points: readonly Point[]): Row[] {
  const rows = points.map(({ hosts, judged: { ours, theirs, verdicts } }): Row => {
    const answers = { ours: verdicts, theirs: "not compared", settled: !verdicts.includes("unknown"), differ: false };
    return {
      kind: "measured",
      part: "c",
      what: `${hosts} ${name}, N=1`,
      ours,
      peer: "enumeration, VMs that run",
      theirs,
      extrapolated: 1,
      answers,
    };
  });
  const growth = (of: (point: Scaled) => Timing): string =>
    exponent(points.map(({ hosts, judged }) => [hosts, of(judged).median])).toFixed(1);
  const memory = points.map(({ hosts, judged, drawn }) => `${hosts}: ${judged.megabytes} (${drawn.megabytes})`).join(", ");
  const figures = (what: string, told: string): Row => ({
    kind: "figures",
    part: "c",
    what: `${name}: ${what}`,
    figures: told,
    differ: false,
  });
  return [
    ...rows,
    figures("growth", `time as hosts^${growth(({ ours }) => ours)}; the peer's as hosts^${growth(({ theirs }) => theirs)}`),
    figures("peak memory", `${memory} MB by hosts (without judging)`),
  ];
}

function inProcess(make: Make, hosts: number, what: "judge" | "draw"): Scaled {
  const args = ["-r", "tsx/cjs", join(__dirname, "scale-once.ts"), make, String(hosts), what];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${hosts} hosts: ${stderr}`);
  return JSON.parse(stdout) as Scaled;
}

import { spawnSync } from "node:child_process";
import { Placed } from "./packing";

/**
 * hcheck of Ganeti's htools (Debian: ganeti-htools): after the failure of each single node, do its instances fit on the others?
 * It knows no devices: they are carried as memory, and each class of devices is a node group of its own, which is the same where
 * every VM wants one class only, and CPU and memory are no matter.
 */
export function hcheckInput({ bins, shapes, here }: Placed): string {
  const classes = bins[0]!.free.map((_, index) => index);
  const wanted = shapes.map(({ allowed }) => allowed.indexOf(true));
  if (shapes.some(({ allowed }) => allowed.filter(Boolean).length !== 1))
    throw new Error("hcheck can't be told of VMs that want several classes");
  const nodes: string[] = [];
  const instances: string[] = [];
  for (const [at, { host, free }] of bins.entries()) {
    for (const index of classes) {
      const vms = shapes.flatMap(({ size }, shape) => (wanted[shape] === index ? new Array<number>(here[at]![shape]!).fill(size) : []));
      const held = vms.reduce((sum, size) => sum + size, 0);
      const total = free[index]! + held;
      if (total === 0) continue;
      const node = `${host}-${index}`;
      // Its memory has to be more than what is used: half a device more does not let another VM in.
      const memory = (devices: number): number => devices * DEVICE + DEVICE / 2;
      nodes.push([node, memory(total), 0, memory(free[index]!), 1e9, 1e9, 1e4, "N", `group-${index}`, 1, "", "N", 1, 0, 1].join("|"));
      vms.forEach((size, vm) => {
        instances.push([`${node}-${vm}`, size * DEVICE, 1, 1, "running", "Y", node, "", "ext", "", 1, "-"].join("|"));
      });
    }
  }
  const groups = classes.map((index) => `group-${index}|group-${index}|preferred||`);
  const specs = `${DEVICE},1,1,1,1,1|1,1,1,0,0,1;${1e9},${1e6},${1e9},${1e6},${1e6},${1e6}|ext|1000|1000`;
  const policies = ["", ...classes.map((index) => `group-${index}`)].map((owner) => `${owner}|${specs}`);
  return [groups, nodes, instances, [], policies].map((section) => section.map((line) => `${line}\n`).join("")).join("\n");
}

const DEVICE = 1024;

/** Whether it is there to be run. */
export function hasHcheck(): boolean {
  return spawnSync("hcheck", ["--version"], { stdio: "ignore" }).status === 0;
}

/** How many nodes fail so that not all of their instances find a place, by its greedy; throws where it can't read its input. */
export function hcheck(file: string): number {
  const { stdout, stderr } = spawnSync("hcheck", ["-t", file, "--no-simulation", "--machine-readable"], { encoding: "utf8" });
  const lost = /^HCHECK_INIT_CLUSTER_GN1_FAIL=(\d+)$/m.exec(stdout ?? "");
  if (!lost) throw new Error(`hcheck: ${stderr || stdout}`);
  return Number(lost[1]);
}

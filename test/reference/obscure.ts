import { known, Maybe, Plan, PlanVm, unknown } from "../../lib/model";
import { address, poolNamed, requests } from "./notation";

/** A plan in which one value is not known, and plans that it can turn out to be. */
export interface Obscured {
  readonly plan: Plan;
  readonly field: string;
  readonly completions: readonly Plan[];
}

type Field = (vm: PlanVm, plan: Plan) => readonly [obscured: Partial<PlanVm>, completions: readonly Partial<PlanVm>[]];

const why = unknown("${var.x}");

function field<K extends keyof PlanVm>(name: K, values: readonly (PlanVm[K] extends Maybe<infer T> | undefined ? T : never)[]): Field {
  return () => [{ [name]: why }, values.map((each) => ({ [name]: known(each) }))];
}

const FIELDS: Readonly<Record<string, Field>> = {
  memoryMb: field("memoryMb", [16384, 32768, 65536]),
  memoryReservationMb: field("memoryReservationMb", [0, 16384, 65536]),
  memoryLimitMb: () => [{ memoryLimitMb: why }, [{}, { memoryLimitMb: known(16384) }]],
  cpuReservationMhz: field("cpuReservationMhz", [0, 2000, 500_000]),
  cpus: field("cpus", [1, 2, 4]),
  hardwareVersion: field("hardwareVersion", [15, 17, 21]),
  restartPriority: field("restartPriority", ["disabled", "low", "highest"]),
  name: (vm) => [{ name: why }, [{}, { name: known("r1") }, { name: known(`${vm.label}-other`) }]],
  requests: (vm) => {
    const of = (template: PlanVm["carriers"]["template"]): Partial<PlanVm> => ({
      carriers: { gpuIntent: false, ...(template ? { template } : {}) },
    });
    return [of(why), [{ carriers: vm.carriers }, ...["A", "T", "A,A", ""].map((text) => of(known(requests(text))))]];
  },
  static: (vm) => {
    const of = (addresses: Maybe<readonly ReturnType<typeof address>[]>): Partial<PlanVm> => ({
      carriers: { gpuIntent: false, static: addresses },
    });
    return [of(why), [{ carriers: vm.carriers }, of(known([])), ...(vm.host ? [of(known([address(0)])), of(known([address(1)]))] : [])]];
  },
  resourcePool: () => [{ resourcePool: why }, [{}, { resourcePool: known(poolNamed("gpu")) }]],
  host: () => [{ host: why }, ["h1", "h2"].map((name) => ({ host: known({ by: "name", name }) }))],
};

/** One value of one VM obscured; undefined where the plan has no VM. */
export function obscured({ vms, ...rest }: Plan, pick: number, name: string): Obscured | undefined {
  const index = vms.length === 0 ? -1 : pick % vms.length;
  const vm = vms[index];
  if (!vm) return undefined;
  const [hidden, completions] = FIELDS[name]!(vm, { vms, ...rest });
  const withVm = (change: Partial<PlanVm>): Plan => ({
    ...rest,
    vms: vms.map((each, at) => (at === index ? { ...each, ...change } : each)),
  });
  return { plan: withVm(hidden), field: `${vm.address}.${name}`, completions: completions.map(withVm) };
}

export const fieldNames: readonly string[] = Object.keys(FIELDS);

import * as fc from "../properties";
import { Host, RestartPriority } from "../../lib/model";

export interface Features {
  /** The actions of a Terraform plan, instead of what a synthesized stack leaves to be found out. */
  readonly planActions?: boolean;
  readonly pools?: boolean;
  /** Rules in force, and rules of the plan that come to be in force before a failure. */
  readonly rules?: boolean;
  /** Requests name sub-ids that devices don't declare (M4). */
  readonly subIds?: boolean;
  /** Two stacks, of which the second is applied after the first (O8). */
  readonly twoStacks?: boolean;
  /** One class of devices, and requests for 1 to 4 of them: what bounds are made for. */
  readonly oneClass?: boolean;
  /** Many running VMs and at most one more: failover, mostly. */
  readonly crowded?: boolean;
  /** Hosts of up to 8 devices, and VMs of 1, 2, 3, 4 and 8. */
  readonly sizes?: boolean;
  /** The options of the command: fault domains, VMs moved aside. */
  readonly options?: boolean;
  /** More VMs than the brute force can always take. */
  readonly large?: boolean;
}

const often = <T>(usual: T, ...others: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof(
    { weight: 9 * others.length, arbitrary: fc.constant(usual) },
    ...others.map((other) => ({ weight: 1, arbitrary: fc.constant(other) })),
  );
const sometimes = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined, freq: 1 });
const rarely = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 8, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

const PRIORITIES: readonly RestartPriority[] = ["medium", "high", "low", "highest", "lowest", "disabled"];
const priority = sometimes(fc.constantFrom(...PRIORITIES));
const memoryMb = fc.constantFrom(16384, 32768, 65536);
const cpuReservationMhz = often(0, 1000, 2000);
const hardwareVersion = often<number | undefined>(undefined, 17, 19, 21);

/** An index into a list of requests; above 50 also such as no host has, which settles a batch at once. */
const asks = fc.oneof(
  { weight: 40, arbitrary: fc.noBias(fc.integer({ min: 0, max: 50 })) },
  { weight: 1, arbitrary: fc.integer({ min: 51, max: 67 }) },
);
/** A subset of a list, as a mask. */
const bits = fc.noBias(fc.integer({ min: 1, max: 255 }));

const kinds: fc.Arbitrary<readonly string[]> = fc.oneof(
  fc.array(fc.constantFrom("A", "A", "A", "T", "I", "H"), { maxLength: 4 }),
  fc.constantFrom(["A"], ["A", "A"], ["A", "T"], ["A", "A", "A"]),
);

/** As the notation writes them. */
const manyKinds = fc
  .constantFrom("A*8", "A*8", "A*4", "A*4", "A*3", "A*2", "A*6", "A*4,T*4", "T*4", "A*2,T*2", "A*5,H*3", "")
  .map((text) => [text]);

const hostSpec = ({ sizes }: Features) =>
  fc.record({
    kinds: sizes ? manyKinds : kinds,
    capacity: fc.constantFrom({}, {}, {}, {}, { memoryMb: 140_000 }, { memoryMb: 70_000 }, { cpuMhz: 3000 }),
    state: often<Host["state"]>("connected", "maintenance", "disconnected", "standby"),
    esxi: often("8.0.2", "7.0.3"),
    failover: often(false, true),
    rebindWithoutReboot: fc.boolean(),
    stores: rarely(fc.constantFrom(["ds1"], ["ds1", "ds2"])),
    networks: rarely(fc.constantFrom(["net1"], ["net1", "net2"])),
    versions: rarely(fc.constantFrom([17, 19], [17, 19, 20, 21])),
    domain: sometimes(fc.constantFrom("rack-a", "rack-b")),
    odd: rarely(fc.record({ device: fc.nat(3), how: fc.constantFrom("disabled", "pending-reboot", "vgpu", "unhealthy", "reserved") })),
  });

const runningSpec = ({ sizes, options }: Features) =>
  fc.record({
    host: fc.nat(3),
    from: fc.nat(3),
    count: sizes ? fc.constantFrom(1, 1, 2, 3, 4, 8) : options ? fc.constantFrom(1, 1, 2, 0, 0) : fc.constantFrom(1, 1, 1, 2, 2, 0, 4),
    /** A reservation of a VM without devices. */
    reserves: fc.boolean(),
    declares: fc.boolean(),
    byLabel: fc.boolean(),
    static: often(false, true),
    memoryMb,
    cpuReservationMhz,
    priority,
    hardwareVersion,
    pool: fc.nat(2),
    override: rarely(fc.constantFrom("manual", "fullyAutomated", "off")),
    role: fc.constantFrom("alone", "alone", "same", "reboot", "grow", "replace", "delete"),
    createFirst: fc.boolean(),
    asks,
  });

const stackSpec = fc.record({
  asks,
  memoryMb,
  cpuReservationMhz,
  priority,
  hardwareVersion: often<number | undefined>(undefined, 17, 21, 15),
  after: fc.nat(255),
  host: sometimes(fc.nat(3)),
  static: rarely(fc.nat(3)),
  stores: rarely(fc.constantFrom(["ds1"], ["ds2"])),
  networks: rarely(fc.constantFrom(["net1"], ["net2"])),
  reserves: fc.boolean(),
  pool: fc.nat(2),
  limited: often(false, false, false, false, true),
  unreserved: often(false, false, false, false, true),
});

const changeSpec = fc.record({
  host: fc.nat(3),
  device: fc.nat(3),
  how: fc.constantFrom("Training", "none", "enable", "disable", "enable-Training"),
  applyNow: often(true, false),
  waited: fc.nat(255),
  waits: often(0, 1, 2),
});

const ruleSpec = fc.record({
  kind: fc.constantFrom("separate", "together", "hosts", "not-hosts"),
  vms: bits,
  hosts: bits,
  mandatory: often(true, false),
  enabled: often(true, false),
});

export const caseSpec = (features: Features) =>
  fc.record({
    hosts: fc.array(hostSpec(features), { minLength: 2, maxLength: 4, size: "large" }),
    running: fc.array(runningSpec(features), { maxLength: features.crowded ? 8 : features.large ? 5 : 3, size: "large" }),
    created: fc.array(stackSpec, { maxLength: features.crowded ? 1 : features.large ? 6 : 4, size: "large" }),
    planned: rarely(fc.record({ asks, count: fc.integer({ min: 1, max: 2 }), memoryMb, priority })),
    changes: fc.oneof(
      { weight: 2, arbitrary: fc.array(changeSpec, { maxLength: 0 }) },
      { weight: 1, arbitrary: fc.array(changeSpec, { maxLength: 2 }) },
    ),
    failures: often(1, 2, 0, 3),
    given: rarely(fc.nat(3)),
    faultDomains: fc.boolean(),
    defrag: fc.boolean(),
    ha: often(true, false),
    admission: fc.record({
      policy: fc.constantFrom(
        "disabled",
        "disabled",
        "disabled",
        "disabled",
        "disabled",
        "resourcePercentage",
        "slotPolicy",
        "failoverHosts",
      ),
      percent: sometimes(fc.integer({ min: 10, max: 60 })),
      slotCpuMhz: sometimes(fc.constantFrom(500, 1000)),
      slotMemoryMb: sometimes(fc.constantFrom(10_000, 20_000)),
    }),
    defaultPriority: often<RestartPriority>("medium", "high", "disabled"),
    drs: fc.constantFrom("fullyAutomated", "fullyAutomated", "fullyAutomated", "partiallyAutomated", "manual", "off"),
    reversed: fc.boolean(),
    pools: fc.array(
      fc.record({
        parent: fc.boolean(),
        expandable: fc.boolean(),
        memoryLimitMb: sometimes(fc.constantFrom(34_000, 52_000, 70_000, 100_000)),
        memoryReservationMb: sometimes(fc.constantFrom(20_000, 40_000, 80_000)),
        cpuLimitMhz: sometimes(fc.constantFrom(1000, 3000)),
      }),
      { minLength: 1, maxLength: 2 },
    ),
    rules: fc.array(ruleSpec, { minLength: 1, maxLength: 2 }),
    planRules: fc.array(ruleSpec, { maxLength: 1 }),
  });
export type CaseSpec = ReturnType<typeof caseSpec> extends fc.Arbitrary<infer T> ? T : never;

/** Everything at once, each in a part of the cases. */
export const anyFeatures: fc.Arbitrary<Features> = fc.record({
  planActions: fc.boolean(),
  pools: often(false, true, true),
  rules: often(false, true, true, true),
  twoStacks: often(false, true),
  crowded: often(false, true, true),
  oneClass: often(false, true),
  sizes: often(false, true, true, true),
  options: often(false, true, true, true),
});

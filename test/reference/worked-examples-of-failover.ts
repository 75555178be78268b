import { Cluster, known, PlanVm } from "../../lib/model";
import { address, cluster, ha, hosts, plan, planned, running, vm } from "./notation";
import { GB, names, none, of, runningSingles, singles, WorkedExample } from "./worked-example";

const stat = (host: string, index: number): Partial<PlanVm> => ({
  host: known({ by: "name", name: host }),
  carriers: { static: known([address(index)]), gpuIntent: false },
});

const E13 = (held: readonly (readonly [string, number])[], created: number): Pick<WorkedExample, "cluster" | "plan"> => ({
  cluster: cluster({
    hosts: hosts("h1[A*4] h2[A*4] h3[A*4]", { memoryMb: 512 * GB }),
    ha: ha(1, { admissionControl: "resourcePercentage" }),
    vms: runningSingles(held, { memoryMb: 128 * GB, overheadMb: GB }),
  }),
  plan: plan(names(created, "n").map((name) => vm(name, "A", { memoryMb: known(128 * GB) }))),
});
const seven = [
  ["h1", 0],
  ["h1", 1],
  ["h1", 2],
  ["h2", 0],
  ["h2", 1],
  ["h3", 0],
  ["h3", 1],
] as const;

const E14 = (failures: number): Cluster => {
  const amounts: readonly (readonly [string, number, number])[] = [
    ["h1", 9, 9],
    ["h2", 9, 6],
    ["h3", 6, 6],
  ];
  const reserved: readonly (readonly [number, number, string])[] = [
    [2, 1, "h1"],
    [2, 1, "h1"],
    [1, 2, "h2"],
    [1, 1, "h2"],
    [1, 1, "h3"],
  ];
  return cluster({
    hosts: amounts.flatMap(([name, cpu, memory]) => hosts(`${name}[]`, { cpuMhz: cpu * 1000, memoryMb: memory * GB })),
    ha: ha(failures, { admissionControl: "slotPolicy" }),
    vms: reserved.map(([cpu, memory, host], index) =>
      running(`v${index + 1}`, host, [], { cpuReservationMhz: cpu * 1000, memoryReservationMb: memory * GB, overheadMb: 0 }),
    ),
    // A planned VM with no overhead beside the five of the example: it is the sixth slot of six.
    planned: [planned("w", "", { overheadMb: 0, cpuReservationMhz: 0 })],
  });
};

const E21: Pick<WorkedExample, "cluster" | "plan"> = {
  cluster: cluster({
    hosts: hosts("h1[A] h2[A] h3[]", { memoryMb: 512 * GB }),
    ha: ha(1),
    vms: [
      running("v", "h1", [0], { memoryMb: 256 * GB, overheadMb: GB }),
      running("movable", "h2", [], { memoryMb: 400 * GB, memoryReservationMb: 400 * GB, overheadMb: 0 }),
    ],
  }),
  plan: none,
};

const failoverHost = (text: string): readonly Cluster["hosts"][number][] => hosts(text, { failover: true });

const E40 = (hf: Cluster["hosts"]): Cluster =>
  cluster({
    hosts: [...hosts("h0[A*3]"), ...hf, ...hosts("s[A]")],
    ha: ha(1),
    vms: [running("a", "h0", [0], { restartPriority: "high" }), running("d", "h0", [1, 2])],
  });

/** Semantics, section 8: the rows about failover and admission control. */
export const EXAMPLES_OF_FAILOVER: readonly WorkedExample[] = [
  {
    title: "E11, V = 4",
    cluster: of("h1[A*2] h2[A*2] h3[A*2]", { ha: ha(1) }),
    plan: plan(singles(4)),
    powerOn: "guaranteed",
    failover: { verdict: "survives", tolerates: 1, worst: { hosts: ["h1"], off: [] } },
  },
  {
    title: "E11, V = 5",
    cluster: of("h1[A*2] h2[A*2] h3[A*2]", { ha: ha(1) }),
    plan: plan(singles(5)),
    failover: { verdict: "fails", tolerates: 0, worst: { hosts: ["h1"], off: ["v1"] } },
  },
  {
    title: "E11, V = 6",
    cluster: of("h1[A*2] h2[A*2] h3[A*2]", { ha: ha(1) }),
    plan: plan(singles(6)),
    failover: { verdict: "fails", worst: { hosts: ["h1"], off: ["v1", "v2"] } },
  },
  {
    title: "E12",
    plan: plan(singles(6, { memoryMb: known(64 * GB) })),
    powerOn: "guaranteed",
    failover: { verdict: "fails", worst: { hosts: ["h1"], off: ["v1", "v2"] } },
    cluster: cluster({
      hosts: hosts("h1[A*2] h2[A*2] h3[A*2]", { memoryMb: 512 * GB, cpuMhz: 64_000 }),
      ha: ha(1, { admissionControl: "resourcePercentage" }),
    }),
  },
  { title: "E13, the eighth", ...E13(seven, 1), powerOn: "impossible", failover: { verdict: "not-judged" } },
  { title: "E13, the seventh", ...E13(seven.slice(0, 6), 1), powerOn: "guaranteed", failover: { verdict: "fails" } },
  { title: "E13, six", ...E13(seven.slice(0, 6), 0), powerOn: "guaranteed", failover: { verdict: "survives" } },
  { title: "E14, f = 1", cluster: E14(1), plan: none, powerOn: "guaranteed" },
  { title: "E14, f = 2", cluster: E14(2), plan: none, powerOn: "impossible" },
  {
    title: "E15",
    powerOn: "impossible",
    off: ["planned.big"],
    plan: none,
    cluster: cluster({
      hosts: hosts("h1[] h2[] h3[]", { cpuMhz: 64_000, memoryMb: 512 * GB }),
      ha: ha(1, { admissionControl: "slotPolicy" }),
      vms: names(4).map((name) => running(name, "h1", [])),
      planned: [planned("big", "", { memoryReservationMb: 256 * GB, overheadMb: GB })],
    }),
  },
  {
    title: "E16, admitted",
    powerOn: "guaranteed",
    plan: none,
    cluster: cluster({
      hosts: hosts("h1[] h2[]", { cpuMhz: 12_000, memoryMb: 10.5 * GB }),
      ha: ha(1, { admissionControl: "resourcePercentage", cpuPercent: 70, memoryPercent: 71 }),
      planned: [planned("w", "", { cpuReservationMhz: 7000, memoryReservationMb: 6 * GB, overheadMb: 0 })],
    }),
  },
  {
    title: "E16, one percent more is refused",
    powerOn: "impossible",
    plan: none,
    cluster: cluster({
      hosts: hosts("h1[] h2[]", { cpuMhz: 12_000, memoryMb: 10.5 * GB }),
      ha: ha(1, { admissionControl: "resourcePercentage", cpuPercent: 71, memoryPercent: 71 }),
      planned: [planned("w", "", { cpuReservationMhz: 7000, memoryReservationMb: 6 * GB, overheadMb: 0 })],
    }),
  },
  {
    title: "E17",
    plan: none,
    failover: { verdict: "fails", worst: { hosts: ["h2"], off: ["c"] } },
    cluster: of("h1[A*2] h2[A*2]", {
      ha: ha(1),
      vms: [
        running("a", "h1", [0], { restartPriority: "high" }),
        running("b", "h1", [1], { restartPriority: "low" }),
        running("c", "h2", [0]),
      ],
    }),
  },
  {
    title: "E18",
    cluster: of("h1[A] h2[A]", { ha: ha(1) }),
    plan: plan([vm("s", "A", stat("h1", 0))]),
    powerOn: "guaranteed",
    failover: { verdict: "fails", worst: { hosts: ["h1"], off: ["s"] } },
  },
  { title: "E18, dynamic", cluster: of("h1[A] h2[A]", { ha: ha(1) }), plan: plan([vm("s", "A")]), failover: { verdict: "survives" } },
  {
    title: "E19",
    cluster: of("h1[T] h2[T] h3[I] h4[I]", { ha: ha(1) }),
    plan: plan([vm("x", "T"), vm("y", "T")]),
    powerOn: "guaranteed",
    failover: { verdict: "fails", worst: { hosts: ["h1"], off: ["x"] } },
  },
  {
    title: "E20",
    cluster: of("h1[A*4] h2[A*4] h3[A*4]", { ha: ha(1) }),
    plan: plan([vm("d", "A,A,A,A"), ...singles(4)]),
    powerOn: "order-dependent",
    off: ["d"],
    failover: { verdict: "placement-dependent" },
  },
  { title: "E21", ...E21, failover: { verdict: "fails", worst: { hosts: ["h1"], off: ["v"] } } },
  {
    title: "E22",
    powerOn: "impossible",
    plan: plan([vm("v", "A", { memoryMb: known(256 * GB) })]),
    cluster: cluster({ ...E21.cluster, hosts: E21.cluster.hosts.slice(1), vms: E21.cluster.vms.slice(1) }),
  },
  {
    title: "E23",
    plan: none,
    failover: { verdict: "fails", worst: { hosts: ["h1"], off: ["v1", "v2"] } },
    cluster: cluster({
      ha: ha(1, { admissionControl: "failoverHosts" }),
      hosts: [...hosts("h1[A*2] h2[A*2]"), ...failoverHost("h3[]")],
      vms: runningSingles([
        ["h1", 0],
        ["h1", 1],
        ["h2", 0],
        ["h2", 1],
      ]),
    }),
  },
  {
    title: "E24",
    plan: none,
    failover: { verdict: "fails", worst: { hosts: ["h1"], off: ["v1", "v2", "v3"] } },
    cluster: of("h1[A*8] h2[A*4] h3[A*4]", {
      ha: ha(1),
      vms: runningSingles([...names(8).map((_, index) => ["h1", index] as const), ["h2", 0], ["h3", 0], ["h3", 1]]),
    }),
  },
  {
    title: "E25, V = 8",
    plan: none,
    cluster: of("h1[A*4] h2[A*4] h3[A*4] h4[A*4]", {
      ha: ha(2),
      vms: runningSingles(
        ["h1", "h2", "h3", "h4"].flatMap(
          (host) =>
            [
              [host, 0],
              [host, 1],
            ] as const,
        ),
      ),
    }),
    failover: { verdict: "survives", tolerates: 2 },
  },
  {
    title: "E25, V = 9",
    plan: none,
    cluster: of("h1[A*4] h2[A*4] h3[A*4] h4[A*4]", {
      ha: ha(2),
      vms: runningSingles([
        ...["h1", "h2", "h3", "h4"].flatMap(
          (host) =>
            [
              [host, 0],
              [host, 1],
            ] as const,
        ),
        ["h1", 2],
      ]),
    }),
    failover: { verdict: "fails", tolerates: 1, worst: { hosts: ["h1", "h2"], off: ["v1"] } },
  },
  { title: "E33, V = 4", cluster: of("h1[A*2] h2[A*2] h3[A*2]"), plan: plan(singles(4)), down: {} },
  { title: "E33, V = 5", cluster: of("h1[A*2] h2[A*2] h3[A*2]"), plan: plan(singles(5)), down: { h1: ["v1"], h2: ["v1"], h3: ["v1"] } },
  {
    title: "E37, N = 2",
    cluster: of("h1[A*2] h2[A*2]", { ha: ha(2) }),
    plan: plan(singles(2)),
    failover: { verdict: "fails", worst: { hosts: ["h1", "h2"], off: ["v1", "v2"] } },
  },
  { title: "E37, N = 0", cluster: of("h1[A*2] h2[A*2]", { ha: ha(0) }), plan: plan(singles(2)), failover: { verdict: "survives" } },
  { title: "E40", cluster: E40(failoverHost("hf[A*2]")), plan: none, failover: { verdict: "fails", worst: { hosts: ["h0"], off: ["d"] } } },
  {
    title: "E40, with hf an ordinary host",
    cluster: E40(hosts("hf[A*2]")),
    plan: none,
    failover: { verdict: "placement-dependent", dependsOn: ["order"] },
  },
];

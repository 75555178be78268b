import { known, parsePciId, PlanVm } from "../../lib/model";
import { after, change, cluster, hosts, plan, planned, poolNamed, running, vm } from "./notation";
import { GB, manual, names, of, singles, WorkedExample } from "./worked-example";

const sub = (id: string): Partial<PlanVm> => ({
  carriers: { template: known([{ kind: "dynamic", allowed: [parsePciId(id)!] }]), gpuIntent: false },
});
const E41 = (memoryLimitMb: number): Pick<WorkedExample, "cluster" | "plan"> => ({
  cluster: cluster({
    hosts: hosts("h1[A*2] h2[A*2]", { memoryMb: 512 * GB }),
    resourcePools: [{ name: "gpu", memoryLimitMb, expandable: false, source: { file: "notation", line: 1 } }],
  }),
  plan: plan(
    [
      ["a", 64],
      ["b", 64],
      ["c", 32],
    ].map(([name, memory]) => vm(String(name), "A", { memoryMb: known(Number(memory) * GB), resourcePool: known(poolNamed("gpu")) })),
  ),
});

/** Semantics, section 8: the rows about power-on. */
export const EXAMPLES_OF_POWER_ON: readonly WorkedExample[] = [
  {
    title: "E1",
    cluster: of("h1[T]"),
    plan: plan([
      vm("a", "", {
        ...sub("10de:20f1"),
        memoryReservationMb: known(1024),
        carriers: { template: known([{ kind: "dynamic", allowed: [parsePciId("10de:20f1")!], label: "training" }]), gpuIntent: false },
      }),
    ]),
    powerOn: "impossible",
  },
  { title: "E2", cluster: of("h1[T]"), plan: plan([vm("a", "A")]), powerOn: "guaranteed", off: [] },
  { title: "E3", cluster: of("h1[A]"), plan: plan([vm("a", "T")]), powerOn: "impossible", off: ["a"] },
  { title: "E4", cluster: of("h1[H] h2[A]"), plan: plan([vm("a", "A|H")]), powerOn: "guaranteed" },
  {
    title: "E5, the sub-id that is there",
    cluster: of("h1[F]"),
    plan: plan([vm("a", "A", sub("10de:20f1:10de:145f"))]),
    powerOn: "guaranteed",
  },
  { title: "E5, another sub-id", cluster: of("h1[F]"), plan: plan([vm("a", "A", sub("10de:20f1:10de:1533"))]), powerOn: "impossible" },
  {
    title: "E6",
    cluster: of("h1[T,I]"),
    plan: plan([vm("a", "A", { carriers: { template: known([{ kind: "dynamic", allowed: [], label: "Training" }]), gpuIntent: false } })]),
    powerOn: "guaranteed",
  },
  { title: "E7", cluster: of("h1[T,A]"), plan: plan([vm("a", "A,T")]), powerOn: "guaranteed" },
  { title: "E8", cluster: of("h1[T] h2[A]"), plan: plan([vm("a", "T"), vm("b", "A")]), powerOn: "order-dependent", off: ["a"] },
  { title: "E8, fenced", cluster: of("h1[T] h2[I]"), plan: plan([vm("a", "T"), vm("b", "I")]), powerOn: "guaranteed" },
  {
    title: "E9",
    cluster: of("h1[A*2] h2[A*2]"),
    plan: plan([vm("s1", "A"), vm("s2", "A"), vm("d", "A,A")]),
    powerOn: "order-dependent",
    off: ["d"],
  },
  {
    title: "E9, d first",
    cluster: of("h1[A*2] h2[A*2]"),
    plan: plan([vm("d", "A,A"), vm("s1", "A", after("d")), vm("s2", "A", after("d"))]),
    powerOn: "guaranteed",
  },
  {
    title: "E10, scaled down to 3 hosts x 2, s = 2",
    cluster: of("h1[A*2] h2[A*2] h3[A*2]"),
    plan: plan([...singles(2), vm("d", "A,A")]),
    powerOn: "guaranteed",
  },
  {
    title: "E10, scaled down, s = 3",
    cluster: of("h1[A*2] h2[A*2] h3[A*2]"),
    plan: plan([...singles(3), vm("d", "A,A")]),
    powerOn: "order-dependent",
    off: ["d"],
  },
  {
    title: "E10, scaled down, s = 5",
    cluster: of("h1[A*2] h2[A*2] h3[A*2]"),
    plan: plan([...singles(5), vm("d", "A,A")]),
    powerOn: "impossible",
    off: ["d", ...names(5)],
  },
  { title: "E26", cluster: of("h1[A] h2[]", { drs: manual }), plan: plan([vm("a", "A")]), powerOn: "order-dependent", off: ["a"] },
  {
    title: "E26, pinned",
    cluster: of("h1[A] h2[]", { drs: manual }),
    plan: plan([vm("a", "A", { host: known({ by: "name", name: "h1" }) })]),
    powerOn: "guaranteed",
  },
  { title: "E27", cluster: of("h1[A]"), plan: plan([vm("a", "A", { hardwareVersion: known(15) })]), powerOn: "impossible" },
  {
    title: "E28",
    cluster: of("h1[A]"),
    plan: plan([vm("a", "A", { memoryMb: known(131072), memoryReservationMb: known(65536) })]),
    powerOn: "impossible",
  },
  {
    title: "E29",
    cluster: of("h1[A]", { vms: [running("a", "h1", [0])] }),
    plan: plan([vm("a", "A", { action: "reboot" }), vm("b", "A")]),
    powerOn: "impossible",
    off: ["a", "b"],
  },
  {
    title: "E29, with h2",
    cluster: of("h1[A] h2[A]", { vms: [running("a", "h1", [0])] }),
    plan: plan([vm("a", "A", { action: "reboot" }), vm("b", "A")]),
    powerOn: "guaranteed",
  },
  {
    title: "E30, create-first",
    cluster: of("h1[A]", { vms: [running("a", "h1", [0])] }),
    plan: plan([vm("a", "A", { action: "replace-create-first" })]),
    powerOn: "impossible",
  },
  {
    title: "E30, destroy-first",
    cluster: of("h1[A]", { vms: [running("a", "h1", [0])] }),
    plan: plan([vm("a", "A", { action: "replace-destroy-first" })]),
    powerOn: "guaranteed",
  },
  {
    title: "E31",
    cluster: of("h1[A*2] h2[A*2]"),
    plan: {
      ...plan([vm("a", "A"), vm("b", "A")]),
      rules: [
        {
          kind: "vm-anti-affinity",
          address: "r",
          stack: "s",
          mandatory: known(true),
          enabled: known(true),
          vms: known(["vsphere_virtual_machine.a", "vsphere_virtual_machine.b"]),
          source: { file: "notation", line: 1 },
        },
      ],
    },
    powerOn: "guaranteed",
  },
  {
    title: "E32",
    cluster: of("h1[A*2]", { planned: [planned("p", "A")] }),
    plan: plan([vm("a", "A"), vm("b", "A")]),
    powerOn: "impossible",
    off: ["planned.p", "a", "b"],
  },
  {
    title: "E34, with a dependency",
    cluster: of("h1[A]"),
    powerOn: "guaranteed",
    plan: plan([vm("v", "T", { dependsOn: ["passthru_host_device.x"] })], [change("x", "h1", 0, { hardwareLabel: known("Training") })]),
  },
  {
    title: "E34, without",
    cluster: of("h1[A]"),
    plan: plan([vm("v", "T")], [change("x", "h1", 0, { hardwareLabel: known("Training") })]),
    powerOn: "order-dependent",
    off: ["v"],
  },
  ...[false, true].map((rebindWithoutReboot): WorkedExample => ({
    title: `E35, rebind_without_reboot ${rebindWithoutReboot}`,
    powerOn: rebindWithoutReboot ? "guaranteed" : "impossible",
    cluster: cluster({
      hosts: hosts("h1[A]", { rebindWithoutReboot }).map((host) => ({
        ...host,
        devices: host.devices.map((device) => ({ ...device, passthrough: "disabled" as const })),
      })),
    }),
    plan: plan([vm("v", "A", { dependsOn: ["passthru_host_device.x"] })], [change("x", "h1", 0, { enabled: known(true) })]),
  })),
  { title: "E36", cluster: of("h1[A]", { vms: [running("v", "h1", [0])] }), plan: plan([vm("v", "A")]), powerOn: "guaranteed", off: [] },
  {
    title: "E36, asking for 2 now",
    cluster: of("h1[A]", { vms: [running("v", "h1", [0])] }),
    plan: plan([vm("v", "A,A")]),
    powerOn: "impossible",
    off: ["v"],
  },
  {
    title: "E38",
    cluster: of("h1[A]", { vms: [running("a", "h1", [0])] }),
    plan: plan([vm("a", "A", { action: "delete" }), vm("b", "A")]),
    powerOn: "order-dependent",
    off: ["b"],
  },
  {
    title: "E39",
    cluster: of("h1[T] h2[A*2]"),
    plan: plan([vm("a", "T"), vm("b", "A"), vm("c", "A", after("a"))]),
    powerOn: "order-dependent",
    off: ["a", "c"],
  },
  { title: "E41", ...E41(150 * GB), powerOn: "impossible", off: ["a", "b", "c"] },
  { title: "E41, limit 163 GB", ...E41(163 * GB), powerOn: "guaranteed" },
  {
    title: "E42",
    cluster: of("h1[A] h2[A]", { drs: manual }),
    plan: plan([vm("a", "A"), vm("b", "A")]),
    powerOn: "order-dependent",
    off: ["a", "b"],
  },
];

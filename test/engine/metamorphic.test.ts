import { withoutReasons } from "../reference/answer";
import * as fc from "../properties";
import { judge } from "./judge";
import { Cluster, ClusterJudgement, Device, isUsable, parsePciId, Plan, PlanVm } from "../../lib/model";
import { Case } from "../reference/generate";
import { anyCase, largeCases } from "./metamorphic-cases";
import { renamed } from "./renamed";

/** What the specification says of two questions that resemble each other, also where they are too large for looking at every outcome. */
const SOURCE = { file: "metamorphic", line: 1 };
const RUNS = 60;
const WORK = 5000;

function judged({ plan, cluster, options }: Case, more: object = {}): ClusterJudgement {
  return judge(plan, { files: [], clusters: [cluster] }, { ...options, maxWork: WORK, ...more }).clusters.find(
    ({ name }) => name === cluster.name,
  )!;
}

/** The same is said, as far as both say something: where the limit is reached can depend on the order of the input. */
function expectSame(a: ClusterJudgement, b: ClusterJudgement): void {
  const both = (of: (judgement: ClusterJudgement) => unknown): void => {
    const [left, right] = [of(a), of(b)];
    if (left !== undefined && right !== undefined) expect(left).toEqual(right);
  };
  both(({ powerOn: { verdict } }) => (verdict === "unknown" ? undefined : verdict));
  both(({ powerOn: { complete, canBeLeftOff } }) => (complete ? canBeLeftOff : undefined));
  both(({ failover: { verdict } }) => (verdict === "unknown" ? undefined : verdict));
  both(({ failover }) => failover.dependsOn);
  both(({ failover: { worst } }) => worst && withoutReasons(worst));
  both(({ failover }) => failover.tolerates);
  both(({ maintenance }) => maintenance);
  both(({ admissionControl }) => admissionControl);
}

function holds<T>(cases: fc.Arbitrary<T>, check: (of: T) => void, runs = RUNS): void {
  fc.assert(fc.property(cases, check), { numRuns: runs });
}

/** A host, by its place in the list. */
const place = fc.nat(15);

describe("possible stays possible", () => {
  const possible = (of: Case): boolean => ["guaranteed", "order-dependent"].includes(judged(of).powerOn.verdict);

  test("with a free device more: the sequence that succeeds can still be followed (M1, M7)", () => {
    holds(fc.tuple(anyCase, place, fc.constantFrom("10de:20f1", "10de:2331")), ([of, at, id]) => {
      if (of.cluster.hosts.reduce((sum, { devices }) => sum + devices.length, 0) >= 200 || !possible(of)) return;
      expect(judged({ ...of, cluster: withDevice(of.cluster, at, id) }).powerOn.verdict).not.toBe("impossible");
    });
  });

  test("with more memory and CPU at a host (section 3; A1, A2 only gain)", () => {
    holds(fc.tuple(anyCase, place), ([of, at]) => {
      if (!possible(of)) return;
      const larger = withHost(of.cluster, at, (host) => ({ ...host, memoryMb: host.memoryMb * 2, cpuMhz: host.cpuMhz * 2 }));
      expect(judged({ ...of, cluster: larger }).powerOn.verdict).not.toBe("impossible");
    });
  });

  test("without one of the VMs that are created, and without what waits for it and is created, too (O1)", () => {
    holds(fc.tuple(anyCase, place), ([of, at]) => {
      const created = of.plan.vms.filter((vm) => isCreated(vm, of.cluster));
      const gone = created[at % (created.length || 1)];
      // What waits for it and runs already, or changes a device, may make room for others.
      const waiting = [...of.plan.vms.filter((vm) => !created.includes(vm)), ...of.plan.deviceChanges];
      if (!gone || waiting.some(({ dependsOn }) => dependsOn.includes(gone.address)) || !possible(of)) return;
      expect(judged({ ...of, plan: without(of.plan, gone.address) }).powerOn.verdict).not.toBe("impossible");
    });
  });
});

describe("names and order decide nothing", () => {
  test("names in the same order change nothing but themselves", () => {
    holds(anyCase, (of) => {
      const keeps = (name: string): string => `${name[0]}0${name.slice(1)}`;
      expect(judged(renamed(of, keeps))).toEqual(renamed(judged(of), keeps));
    });
  });

  test("names in another order change what ties are broken by, and no verdict (F4)", () => {
    holds(anyCase, (of) => {
      expectSame(named(judged(renamed(of, backwards))), named(renamed(judged(of), backwards)));
    });
  });

  test("hosts, VMs, pools and rules can be declared in any order", () => {
    holds(anyCase, (of) => {
      const { hosts, vms, resourcePools, hostRules, vmRules } = of.cluster;
      const turned = {
        hosts: flip(hosts),
        vms: flip(vms),
        resourcePools: flip(resourcePools),
        hostRules: flip(hostRules),
        vmRules: flip(vmRules),
      };
      const plan = { ...of.plan, vms: flip(of.plan.vms), deviceChanges: flip(of.plan.deviceChanges), rules: flip(of.plan.rules) };
      expectSame(judged({ ...of, plan, cluster: { ...of.cluster, ...turned } }), judged(of));
    });
  });
});

describe("what is apart stays apart", () => {
  test("another cluster changes nothing for the first", () => {
    holds(anyCase, (of) => {
      const inventory = { files: [], clusters: [of.cluster, { ...of.cluster, name: "another" }] };
      const { clusters } = judge(of.plan, inventory, { ...of.options, maxWork: WORK });
      expect(clusters.find(({ name }) => name === of.cluster.name)).toEqual(judged(of));
    });
  });

  test("a stack that nothing depends on is as good as two (O8 orders only stacks that do)", () => {
    holds(largeCases, (of) => {
      const free = of.plan.vms.filter(
        (vm) => vm.dependsOn.length === 0 && !of.plan.vms.some(({ dependsOn }) => dependsOn.includes(vm.address)),
      );
      const moved = new Set(free.filter((_, index) => index % 2 === 0));
      const two = {
        ...of.plan,
        stacks: [...of.plan.stacks, { name: "t", file: "t/cdk.tf.json", dependsOn: [] }],
        vms: of.plan.vms.map((vm) => (moved.has(vm) ? { ...vm, stack: "t" } : vm)),
      };
      expect(judged({ ...of, plan: two })).toEqual(judged(of));
    });
  });

  test("a host that is not connected, and a device that nobody asks for, are as good as none", () => {
    holds(fc.tuple(anyCase, place), ([of, at]) => {
      if (of.plan.rules.length + of.cluster.hostRules.length > 0) return;
      const away = { ...of.cluster.hosts[0]!, name: "zz", id: "host-zz", state: "maintenance" as const };
      const idle = withDevice({ ...of.cluster, hosts: [...of.cluster.hosts, away] }, at, "1234:5678");
      expectSame(judged({ ...of, cluster: idle }), judged(of));
    });
  });
});

describe("failures", () => {
  test("tolerates is what asking for each N apart says (F1, F4)", () => {
    holds(anyCase, (of) => {
      const { tolerates, verdict } = judged(of).failover;
      if (tolerates === undefined || verdict === "not-judged") return;
      const options = { ...of.options, faultDomains: false };
      const at = (hostFailures: number): string => judged({ ...of, options }, { hostFailures }).failover.verdict;
      for (let failures = 0; failures <= tolerates; failures++) expect([failures, at(failures)]).toEqual([failures, "survives"]);
      if (tolerates + 1 < of.cluster.hosts.filter(isUsable).length) expect(["survives"]).not.toContain(at(tolerates + 1));
    });
  });

  test("more failures are never better (F1: their sets are among those of more)", () => {
    const order = ["survives", "placement-dependent", "fails"];
    holds(anyCase, (of) => {
      const ranks = [1, 2, 3]
        .map((hostFailures) => order.indexOf(judged(of, { hostFailures }).failover.verdict))
        .filter((rank) => rank >= 0);
      expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
    });
  });

  test("less work says less, and nothing else", () => {
    holds(
      fc.tuple(largeCases, fc.constantFrom(1, 100, 2000)),
      ([of, maxWork]) => expectSame(judged(of, { maxWork }), judged(of, { maxWork: 20_000 })),
      40,
    );
  });
});

test("asking for a label that one model has is asking for that model (M1, M2)", () => {
  holds(largeCases, (of) => {
    const unique = (device: Device): Device => (device.label === "Training" ? { ...device, id: parsePciId("10de:26b5")! } : device);
    const cluster = { ...of.cluster, hosts: of.cluster.hosts.map((host) => ({ ...host, devices: host.devices.map(unique) })), vms: [] };
    const asking = (byLabel: boolean): Plan => ({
      ...of.plan,
      vms: of.plan.vms.map((vm) => ({ ...vm, carriers: { ...vm.carriers, template: trained(vm, byLabel) } })),
    });
    const [label, id] = [true, false].map((byLabel) => judged({ ...of, plan: asking(byLabel), cluster }));
    expect(label).toEqual(id);
  });
});

function trained({ carriers }: PlanVm, byLabel: boolean): NonNullable<PlanVm["carriers"]["template"]> {
  if (!carriers.template?.known) throw new Error("generated with a template");
  const value = carriers.template.value.map((request) => {
    if (request.label === undefined) return request;
    return byLabel
      ? { kind: "dynamic" as const, allowed: [], label: request.label }
      : { kind: "dynamic" as const, allowed: [parsePciId("10de:26b5")!] };
  });
  return { known: true, value };
}

function withHost(cluster: Cluster, at: number, change: (host: Cluster["hosts"][number]) => Cluster["hosts"][number]): Cluster {
  return { ...cluster, hosts: cluster.hosts.map((host, index) => (index === at % cluster.hosts.length ? change(host) : host)) };
}

function withDevice(cluster: Cluster, at: number, id: string): Cluster {
  return withHost(cluster, at, (host) => {
    const device: Device = {
      address: "00ff:00:00.0" as Device["address"],
      addressDeclared: true,
      id: parsePciId(id)!,
      passthrough: "active",
      healthy: true,
      source: SOURCE,
    };
    return { ...host, devices: [...host.devices, device] };
  });
}

/** Created, whatever the plan calls it: nothing is freed by it, and it can't be told from itself after. */
function isCreated({ name, action }: PlanVm, { vms }: Cluster): boolean {
  return action === "create" || (action === "from-stack" && name.known && !vms.some((vm) => vm.name === name.value));
}

function without(plan: Plan, address: string): Plan {
  const keeps = ({ address: name, dependsOn }: Pick<PlanVm, "address" | "dependsOn">): boolean =>
    name !== address && !dependsOn.includes(address);
  return {
    ...plan,
    vms: plan.vms.filter(keeps),
    deviceChanges: plan.deviceChanges.filter(keeps),
    rules: plan.rules.filter(({ vms }) => vms.known && vms.value.every((name) => plan.vms.some((vm) => vm.address === name && keeps(vm)))),
  };
}

/** With `?` for what names decide: which of equal failures, and which of equal VMs. */
function named(judgement: ClusterJudgement): ClusterJudgement {
  const { powerOn, failover, maintenance } = judgement;
  const { worst, ...rest } = failover;
  const blocked = maintenance?.blocked.map(({ host, down }) => ({ host, down: down.map(() => "?") }));
  return {
    ...judgement,
    powerOn: { ...powerOn, canBeLeftOff: [...powerOn.canBeLeftOff].sort() },
    failover: { ...rest, ...(worst ? { worst: { hosts: [], off: worst.off.map(() => "?") } } : {}) },
    ...(blocked ? { maintenance: { blocked: blocked.sort((a, b) => (a.host < b.host ? -1 : 1)) } } : {}),
  };
}

function backwards(name: string): string {
  return [...name]
    .map((letter) =>
      /[a-z]/.test(letter) ? String.fromCharCode(219 - letter.charCodeAt(0)) : /\d/.test(letter) ? String(9 - Number(letter)) : letter,
    )
    .join("");
}

function flip<T>(list: readonly T[]): readonly T[] {
  return [...list].reverse();
}

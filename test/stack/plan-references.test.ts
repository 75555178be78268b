import { known, Plan, PlanVm, unknown } from "../../lib/model";
import { change, configured, expressionOf, expressionsOf, planOf, readPlanOf } from "./plans";

const CLUSTER = "data.vsphere_compute_cluster";
const cluster = (name: string, rest: object = {}) =>
  change(`${CLUSTER}.${name}`, ["read"], null, { name, id: `domain-${name}`, resource_pool_id: `resgroup-${name}` }, rest);
const newCluster = change(
  "vsphere_compute_cluster.n",
  ["create"],
  null,
  { name: "new" },
  { after_unknown: { id: true, resource_pool_id: true } },
);
const template = (name: string, devices: unknown, rest: object = {}) =>
  change(`passthru_template.${name}`, ["create"], null, { name, device: devices }, { after_unknown: { id: true, uuid: true }, ...rest });
const A100 = [{ allowed: ["10de:20f1"], label: "Training" }];
const REQUEST = [{ kind: "dynamic", allowed: [{ vendor: 0x10de, device: 0x20f1 }], label: "Training" }];

/** A VM `x` whose attributes are known, not known (`?`) or absent, with its configured expressions. */
function vm(
  values: Readonly<Record<string, unknown>>,
  expressions: Readonly<Record<string, unknown>>,
  others: readonly object[] = [],
): PlanVm {
  const after = Object.fromEntries(Object.entries({ name: "x", ...values }).filter(([, value]) => value !== "?"));
  const after_unknown = Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (value === "?" ? [[name, true]] : [])));
  const x = change("vsphere_virtual_machine.x", ["create"], null, after, { after_unknown });
  return readPlanOf(planOf([...others, x], [configured("vsphere_virtual_machine.x", expressions)])).vms.find(({ label }) => label === "x")!;
}

describe("the cluster of a VM", () => {
  const byName = (name: string) => known({ by: "name", name });
  test.each<[string, PlanVm, unknown]>([
    ["by the id that a data source found", vm({ resource_pool_id: "resgroup-a" }, {}, [cluster("a"), cluster("b")]), byName("a")],
    [
      "by an id that nothing in the plan has",
      vm({ resource_pool_id: "resgroup-9" }, {}, [cluster("a")]),
      known({ by: "id", id: "resgroup-9" }),
    ],
    [
      "by reference, where the plan makes it",
      vm({ resource_pool_id: "?" }, { resource_pool_id: ["vsphere_compute_cluster.n.resource_pool_id"] }, [newCluster]),
      byName("new"),
    ],
    [
      "by an expression of several references: not known",
      vm({ resource_pool_id: "?" }, { resource_pool_id: ["vsphere_compute_cluster.n.resource_pool_id", "var.other"] }, [newCluster]),
      unknown("${vsphere_virtual_machine.x.resource_pool_id} (known after apply)"),
    ],
    [
      "by a pool that the plan makes in it",
      vm({ resource_pool_id: "?" }, { resource_pool_id: ["vsphere_resource_pool.p.id"] }, [
        cluster("a"),
        change(
          "vsphere_resource_pool.p",
          ["create"],
          null,
          { name: "gpu", parent_resource_pool_id: "resgroup-a" },
          { after_unknown: { id: true } },
        ),
      ]),
      byName("a"),
    ],
    [
      "by the cluster rather than by the host or the pool that have the same root pool",
      vm({ resource_pool_id: "resgroup-a" }, {}, [
        change("data.vsphere_resource_pool.r", ["read"], null, { name: "Resources", id: "resgroup-a" }),
        change("data.vsphere_host.h", ["read"], null, { name: "h", id: "host-1", resource_pool_id: "resgroup-a" }),
        cluster("a"),
      ]),
      byName("a"),
    ],
    [
      "where the plan does not tell: not known",
      vm({ resource_pool_id: "?" }, {}),
      unknown("${vsphere_virtual_machine.x.resource_pool_id} (known after apply)"),
    ],
  ])("%s", (_, { cluster: found }, expected) => expect(found).toEqual(expected));

  test("is named as the configuration looks it up", () => {
    const stale = change(`${CLUSTER}.a`, ["read"], null, { name: "stale", resource_pool_id: "resgroup-a" });
    const x = change("vsphere_virtual_machine.x", ["create"], null, { name: "x", resource_pool_id: "resgroup-a" });
    const { vms } = readPlanOf(planOf([stale, x], [configured(`${CLUSTER}.a`, { name: "gpu-prod" })]));
    expect(vms[0]!.cluster).toEqual(known({ by: "name", name: "gpu-prod" }));
  });

  test("is not that of another vCenter with the same id", () => {
    const [inA, inB] = ["a", "b"].map((name) => change(`${CLUSTER}.${name}`, ["read"], null, { name, resource_pool_id: "resgroup-1" }));
    const x = change("vsphere_virtual_machine.x", ["create"], null, { name: "x", resource_pool_id: "resgroup-1" });
    const configuration = [
      configured(`${CLUSTER}.a`, { name: "a" }),
      configured(`${CLUSTER}.b`, { name: "b" }, { provider_config_key: "vsphere.b" }),
      configured("vsphere_virtual_machine.x", { resource_pool_id: ["var.pool"] }, { provider_config_key: "vsphere.b" }),
    ];
    expect(readPlanOf(planOf([inA!, inB!, x], configuration)).vms[0]!.cluster).toEqual(byName("b"));
  });
});

describe("what a VM is cloned from", () => {
  const clone = (uuid: string, expression: unknown, others: readonly object[] = []) =>
    vm({ clone: [uuid === "?" ? {} : { template_uuid: uuid }] }, { clone: [{ template_uuid: expression }] }, others);
  const unknownUuid = (expressions: object, others: readonly object[]): PlanVm => {
    const x = change(
      "vsphere_virtual_machine.x",
      ["create"],
      null,
      { name: "x", clone: [{}] },
      { after_unknown: { clone: [{ template_uuid: true }] } },
    );
    return readPlanOf(planOf([...others, x], [configured("vsphere_virtual_machine.x", { clone: [expressions] })])).vms[0]!;
  };
  const made = change(
    "passthru_template.t",
    ["no-op"],
    { name: "t", uuid: "42-t", device: A100 },
    { name: "t", uuid: "42-t", device: A100 },
  );

  /** Each plan has it on a line of its own. */
  const inPlan = expect.objectContaining({ address: "passthru_template.t" }) as object;

  test.each<[string, PlanVm["carriers"], object]>([
    [
      "a template that the plan makes",
      unknownUuid({ template_uuid: ["passthru_template.t.uuid"] }, [template("t", A100)]).carriers,
      { template: known(REQUEST), stackTemplate: inPlan },
    ],
    [
      "a template that is there already, by its uuid",
      clone("42-t", ["var.t"], [made]).carriers,
      { template: known(REQUEST), stackTemplate: inPlan },
    ],
    [
      "a template whose devices are not known",
      unknownUuid({ template_uuid: ["passthru_template.t.uuid"] }, [
        change("passthru_template.t", ["create"], null, { name: "t" }, { after_unknown: { device: true, uuid: true } }),
      ]).carriers,
      { template: unknown("${passthru_template.t.device} (known after apply)"), stackTemplate: inPlan },
    ],
    [
      "a data source, by the name in the configuration",
      clone(
        "42-d",
        ["data.vsphere_virtual_machine.d.id"],
        [change("data.vsphere_virtual_machine.d", ["read"], null, { name: "golden", id: "42-d", uuid: "42-d" })],
      ).carriers,
      { templateName: known("golden") },
    ],
    [
      "an item of a content library",
      clone(
        "item-1",
        ["data.vsphere_content_library_item.i.id"],
        [change("data.vsphere_content_library_item.i", ["read"], null, { name: "golden", id: "item-1" })],
      ).carriers,
      { templateName: known("golden") },
    ],
    ["a uuid that nothing explains", clone("42-z", "42-z").carriers, { templateUuid: known("42-z") }],
    [
      "something that is not known",
      unknownUuid({ template_uuid: ["local.t"] }, []).carriers,
      { templateName: unknown("${vsphere_virtual_machine.x.template_uuid} (known after apply)") },
    ],
    ["nothing", vm({ clone: [] }, {}).carriers, {}],
  ])("%s", (_, carriers, expected) => expect(carriers).toEqual({ ...expected, gpuIntent: false }));

  test("gives its hardware version where the VM sets none", () => {
    const with20 = change("passthru_template.t", ["create"], null, { name: "t", hardware_version: 20 }, { after_unknown: { uuid: true } });
    expect(unknownUuid({ template_uuid: ["passthru_template.t.uuid"] }, [with20]).hardwareVersion).toEqual(known(20));
  });
});

test("a host that was not asked for is not where the VM must be", () => {
  const host = change("data.vsphere_host.h", ["read"], null, { name: "esx-01.lab", id: "host-1" });
  expect(vm({ host_system_id: "host-1" }, {}, [host])).not.toHaveProperty("host");
  expect(vm({ host_system_id: "?" }, {}, [host])).not.toHaveProperty("host");
  expect(vm({ host_system_id: "host-1" }, { host_system_id: ["var.h"] }, [host]).host).toEqual(known({ by: "name", name: "esx-01.lab" }));
  expect(vm({ host_system_id: "host-7" }, { host_system_id: "host-7" }).host).toEqual(known({ by: "id", id: "host-7" }));
});

describe("through modules", () => {
  const x = (module: string, index?: string) =>
    change(
      `${module}vsphere_virtual_machine.x${index ?? ""}`,
      ["create"],
      null,
      { name: module },
      { after_unknown: { resource_pool_id: true } },
    );
  const inner = configured("vsphere_virtual_machine.x", { resource_pool_id: ["var.pool"] });
  const clusters = ["a", "b"].map((key) =>
    change(`vsphere_compute_cluster.n["${key}"]`, ["create"], null, { name: `new-${key}` }, { after_unknown: { resource_pool_id: true } }),
  );
  const call = (pool: unknown, module: object = { resources: [inner] }) => ({ expressions: expressionsOf({ pool }), module });
  const clustersOf = (plan: Plan): unknown[] => plan.vms.map((each) => each.cluster.known && each.cluster.value);

  test("by an argument, and one inside another", () => {
    const outer = { m: { ...call(['vsphere_compute_cluster.n["a"].resource_pool_id'], { module_calls: { k: call(["var.pool"]) } }) } };
    const plan = planOf([...clusters, x("module.m.module.k.")], [], { root: { module_calls: outer } });
    expect(clustersOf(readPlanOf(plan))).toEqual([{ by: "name", name: "new-a" }]);
  });

  test("by the key of the module's instance", () => {
    const root = { module_calls: { m: call(["vsphere_compute_cluster.n", "each.key"]) } };
    const plan = planOf([...clusters, x('module.m["a"].'), x('module.m["b"].')], [], { root });
    expect(clustersOf(readPlanOf(plan))).toEqual([
      { by: "name", name: "new-a" },
      { by: "name", name: "new-b" },
    ]);
  });

  test("but not by a key that goes over something else", () => {
    const root = { module_calls: { m: call(["vsphere_compute_cluster.n", "each.key"]) } };
    const plan = planOf([...clusters, x('module.m["a"].')], [], { root });
    expect(clustersOf(readPlanOf(plan))).toEqual([false]);
  });

  test("by an output", () => {
    const c = change(
      "module.c.vsphere_compute_cluster.n",
      ["create"],
      null,
      { name: "inside" },
      { after_unknown: { resource_pool_id: true } },
    );
    const module = { outputs: { pool: { expression: expressionOf(["vsphere_compute_cluster.n.resource_pool_id"]) } } };
    const root = { module_calls: { c: { module } } };
    const own = configured("vsphere_virtual_machine.x", { resource_pool_id: ["module.c.pool"] });
    expect(clustersOf(readPlanOf(planOf([c, x("")], [own], { root })))).toEqual([{ by: "name", name: "inside" }]);
  });

  test("by data sources that were read before", () => {
    const values = { name: "prior", resource_pool_id: "resgroup-p" };
    const resource = {
      address: "module.m.data.vsphere_compute_cluster.c",
      mode: "data",
      type: "vsphere_compute_cluster",
      name: "c",
      values,
    };
    const prior_state = { values: { root_module: { child_modules: [{ address: "module.m", resources: [resource] }] } } };
    const vmInM = change("module.m.vsphere_virtual_machine.x", ["create"], null, { name: "x", resource_pool_id: "resgroup-p" });
    expect(clustersOf(readPlanOf(planOf([vmInM], [], { prior_state })))).toEqual([{ by: "name", name: "prior" }]);
  });

  test("references in a circle are not known", () => {
    const module = { resources: [inner], outputs: { pool: { expression: expressionOf(["var.pool"]) } } };
    const root = { module_calls: { m: call(["module.m.pool"], module) } };
    expect(clustersOf(readPlanOf(planOf([x("module.m.")], [], { root })))).toEqual([false]);
  });
});

describe("rules and overrides of a plan", () => {
  const vms = [0, 1].map((key) =>
    change(`vsphere_virtual_machine.v[${key}]`, ["create"], null, { name: `v-${key}` }, { after_unknown: { id: true, uuid: true } }),
  );
  const override = (key: number, priority: string) =>
    change(
      `vsphere_ha_vm_override.o[${key}]`,
      ["create"],
      null,
      { ha_vm_restart_priority: priority },
      { after_unknown: { virtual_machine_id: true } },
    );
  const rule = (name: string, rest: object = {}) =>
    change(
      `vsphere_compute_cluster_vm_anti_affinity_rule.${name}`,
      ["create"],
      null,
      { name },
      { after_unknown: { virtual_machine_ids: true }, ...rest },
    );
  const vmsOf = (plan: Plan): unknown[] => plan.rules.map(({ vms: found }) => (found.known ? found.value : found.why));

  test("an override for each VM is for the one with its key", () => {
    const o = configured("vsphere_ha_vm_override.o", { virtual_machine_id: ["vsphere_virtual_machine.v", "count.index"] });
    const plan = readPlanOf(planOf([...vms, override(0, "high"), override(1, "low")], [o]));
    expect(plan.vms.map(({ restartPriority }) => restartPriority)).toEqual([known("high"), known("low")]);
  });

  test("a rule is about the VMs that it lists, or all of a resource", () => {
    const ids = (virtual_machine_ids: string[]) => configured("vsphere_compute_cluster_vm_anti_affinity_rule.r", { virtual_machine_ids });
    const both = ["vsphere_virtual_machine.v[0]", "vsphere_virtual_machine.v[1]"];
    expect(vmsOf(readPlanOf(planOf([...vms, rule("r")], [ids(both.map((vm) => `${vm}.id`))])))).toEqual([both]);
    expect(vmsOf(readPlanOf(planOf([...vms, rule("r")], [ids(["vsphere_virtual_machine.v"])])))).toEqual([both]);
    expect(vmsOf(readPlanOf(planOf([...vms, rule("r")], [ids([`${both[0]}.id`, "var.which"])])))[0]).toMatch(/known after apply/);
  });

  test("a rule by known ids finds its VMs, and one that goes is none", () => {
    const running = change("vsphere_virtual_machine.v", ["no-op"], { name: "v", id: "42-v" }, { name: "v", id: "42-v" });
    const values = { name: "r", virtual_machine_ids: ["42-v"] };
    const kept = change("vsphere_compute_cluster_vm_anti_affinity_rule.r", ["no-op"], values, values);
    const gone = change("vsphere_compute_cluster_vm_anti_affinity_rule.g", ["delete"], values, null);
    expect(vmsOf(readPlanOf(planOf([running, kept, gone])))).toEqual([["vsphere_virtual_machine.v"]]);
  });
});

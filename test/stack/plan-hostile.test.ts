import * as fc from "../properties";
import { InputError, Plan } from "../../lib/model";
import { change, configured, planOf, readPlanOf, realPlan, vmOfPlan } from "./plans";

/** Reads and says whether that ended as it may: with a plan or with located mistakes. Anything else is thrown on. */
function endsWell(read: () => Plan): boolean {
  try {
    return Array.isArray(read().vms);
  } catch (error) {
    if (error instanceof InputError) return error.mistakes.length > 0 && error.mistakes.every(({ message }) => message !== "");
    throw error;
  }
}

const leaf = fc.oneof(
  fc.string(),
  fc.double(),
  fc.boolean(),
  fc.constantFrom<unknown>(
    null,
    {},
    [],
    [[]],
    { references: ["vsphere_virtual_machine.each"] },
    { references: ["module.mod", "var.pool", "${"] },
  ),
  fc.constantFrom("__proto__", "module.mod", 'module.m["', "resgroup-14", "delete", "vsphere_virtual_machine.counted[0]"),
);

/** Every path to a part of some data. */
function paths(data: unknown): string[][] {
  if (typeof data !== "object" || data === null) return [[]];
  return [[], ...Object.entries(data).flatMap(([key, part]) => paths(part).map((path) => [key, ...path]))];
}

function changed(data: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  const parts = data as Record<string, unknown>;
  const part = changed(parts[key], rest, value);
  return Array.isArray(data) ? data.map((each: unknown, at) => (String(at) === key ? part : each)) : { ...parts, [key]: part };
}

describe("whatever is in a plan, there is a Plan or a located mistake", () => {
  const real = realPlan();
  const places = paths(real);

  test("for a real plan with anything anywhere", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...places), leaf), { minLength: 1, maxLength: 3 }), (mutations) => {
        const plan = mutations.reduce<unknown>(
          (data, [path, value]) => (path.length > 0 && has(data, path) ? changed(data, path, value) : data),
          real,
        );
        return endsWell(() => readPlanOf(plan as object));
      }),
      { numRuns: 300 },
    );
  });

  test("for names that objects have by themselves", () => {
    for (const name of ["__proto__", "constructor", "toString"]) {
      const x = change("vsphere_virtual_machine.x", ["create"], null, { name });
      const plan = JSON.parse(
        JSON.stringify(planOf([x], [configured("vsphere_virtual_machine.x", { name: ["var.x"] })])).replaceAll('"x"', JSON.stringify(name)),
      ) as object;
      expect(endsWell(() => readPlanOf(plan))).toBe(true);
    }
  });

  test("for references and modules without end", () => {
    const expressions = { resource_pool_id: { references: ["var.v"] } };
    let module: object = { resources: [{ address: "vsphere_virtual_machine.x", expressions }] };
    for (let depth = 0; depth < 30; depth++) module = { module_calls: { m: { expressions: { v: { references: ["var.v"] } }, module } } };
    const address = `${"module.m.".repeat(30)}vsphere_virtual_machine.x`;
    const x = change(address, ["create"], null, { name: "x" }, { after_unknown: { resource_pool_id: true } });
    expect(endsWell(() => readPlanOf({ ...planOf([x]), configuration: { root_module: module } }))).toBe(true);
    const far = change("vsphere_virtual_machine.x", ["create"], null, {}, { module_address: "module.m.".repeat(100_000) + "module.m" });
    expect(endsWell(() => readPlanOf(planOf([far])))).toBe(true);
  });

  test.each([
    ["whose end is not known", 2000],
    ["that is longer than the stack", 5000],
  ])("for a chain of pools %s", (_, length) => {
    const pools = Array.from({ length }, (_, at) =>
      change(
        `vsphere_resource_pool.p${at}`,
        ["create"],
        null,
        { name: `p${at}` },
        { after_unknown: { id: true, parent_resource_pool_id: true } },
      ),
    );
    const configuration = pools.map((_, at) =>
      configured(`vsphere_resource_pool.p${at}`, { parent_resource_pool_id: [`vsphere_resource_pool.p${at + 1}.id`] }),
    );
    const x = change("vsphere_virtual_machine.x", ["create"], null, { name: "x" }, { after_unknown: { resource_pool_id: true } });
    const own = configured("vsphere_virtual_machine.x", { resource_pool_id: ["vsphere_resource_pool.p0.id"] });
    const read = (): boolean => vmOfPlan(planOf([x, ...pools], [own, ...configuration])).cluster.known;
    if (length > 4000) expect(read).toThrow("too many dependencies");
    else expect(read()).toBe(false);
  });
});

function has(data: unknown, path: readonly string[]): boolean {
  let part = data;
  for (const key of path) {
    if (typeof part !== "object" || part === null || !Object.hasOwn(part, key)) return false;
    part = (part as Record<string, unknown>)[key];
  }
  return true;
}

describe("a secret is in no message", () => {
  const SECRET = "hunter2";
  const says = (plan: object): string => {
    try {
      return JSON.stringify(readPlanOf(plan));
    } catch (error) {
      if (error instanceof InputError) return error.message;
      throw error;
    }
  };
  const secret = (values: object, marks: unknown, rest: object = {}) =>
    change("vsphere_virtual_machine.x", ["create"], null, { name: "x", ...values }, { after_sensitive: marks, ...rest });

  test.each<[string, object]>([
    ["as a name", planOf([secret({ name: SECRET }, { name: true })])],
    ["as a number of another type", planOf([secret({ num_cpus: SECRET }, { num_cpus: true })])],
    ["as an address", planOf([secret({ pci_device_id: [SECRET] }, { pci_device_id: [true] })])],
    ["as addresses", planOf([secret({ pci_device_id: [SECRET] }, { pci_device_id: true })])],
    ["in extra_config", planOf([secret({ extra_config: { "guestinfo.x": SECRET } }, { extra_config: { "guestinfo.x": true } })])],
    ["in extra_config for a device", planOf([secret({ extra_config: { "pciPassthru0.allowedDevices": SECRET } }, { extra_config: true })])],
    ["in a clone", planOf([secret({ clone: [{ template_uuid: SECRET }] }, { clone: [{ template_uuid: true }] })])],
    ["everywhere", planOf([secret({ name: SECRET, firmware: SECRET, resource_pool_id: SECRET, host_system_id: SECRET }, true)])],
    [
      "as an id of a cluster",
      planOf([
        change("data.vsphere_compute_cluster.c", ["read"], null, { name: "c", resource_pool_id: SECRET }),
        secret({ resource_pool_id: SECRET }, { resource_pool_id: true }),
      ]),
    ],
    [
      "as a name that a VM had",
      planOf([change("vsphere_virtual_machine.x", ["delete"], { name: SECRET }, null, { before_sensitive: { name: true } })]),
    ],
    ["as a variable", planOf([secret({}, {})], [], { variables: { password: { value: SECRET } } })],
    [
      "in a device",
      planOf([change("passthru_host_device.d", ["create"], null, { pci_id: SECRET }, { after_sensitive: { pci_id: true } })]),
    ],
  ])("%s", (_, plan) => {
    expect(JSON.stringify(plan)).toContain(SECRET);
    expect(says(plan)).not.toContain(SECRET);
  });

  test("though what it stands for is known", () => {
    const cluster = change("data.vsphere_compute_cluster.c", ["read"], null, { name: "c", resource_pool_id: SECRET });
    const vm = vmOfPlan(planOf([cluster, secret({ resource_pool_id: SECRET }, { resource_pool_id: true })]));
    expect(vm.cluster).toEqual({ known: true, value: { by: "name", name: "c" } });
  });
});

describe("a plan of 8,000 VMs", () => {
  const real = realPlan() as unknown as {
    resource_changes: { address: string; name: string; index?: unknown; change: object }[];
    planned_values: { root_module: { resources: object[] } };
    configuration: { root_module: { resources: { address: string; name: string }[] } };
  };
  const [vm] = real.resource_changes;
  const [planned] = real.planned_values.root_module.resources;
  const [own] = real.configuration.root_module.resources;
  const many = Array.from({ length: 8000 }, (_, at) => at);
  const withMany = (changes: object[], resources: object[]) =>
    JSON.stringify({
      ...real,
      planned_values: { root_module: { resources: many.map(() => planned) } },
      resource_changes: changes,
      configuration: { root_module: { resources: [...resources, ...real.configuration.root_module.resources.slice(2)] } },
    });

  test.each([
    ["of one resource", many.map((index) => ({ ...vm!, address: `vsphere_virtual_machine.counted[${index}]`, index })), [own!]],
    [
      "of as many resources",
      many.map((at) => ({ ...vm!, address: `vsphere_virtual_machine.v${at}`, name: `v${at}`, index: undefined })),
      many.map((at) => ({ ...own!, address: `vsphere_virtual_machine.v${at}`, name: `v${at}` })),
    ],
  ])(
    "%s is read",
    (_, changes, resources) => {
      const text = withMany(changes, resources);
      const plan = readPlanOf(text as unknown as object);
      expect(plan.vms).toHaveLength(8000);
      expect(plan.vms[7999]).toMatchObject({ cluster: { known: true, value: { by: "name", name: "DC0_C0" } } });
    },
    120_000,
  );
});

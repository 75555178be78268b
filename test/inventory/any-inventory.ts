import * as fc from "../properties";
import { InventoryText } from "../../lib/schema";

/** Names that some format would take for something else, or that end what they stand in. */
export const HOSTILE_NAMES = [
  'a"b',
  "a\\b",
  "a\nb",
  "a\r\nb",
  "\t",
  " a ",
  "'a'",
  "${x}",
  "$${x}",
  "$$${x}",
  "%{ if x }",
  "%%{x}",
  "$",
  "a$",
  "${",
  "a\u0000b",
  "\u0001\u001b[31m",
  "a\u007f\u0085b",
  "a\u2028b\u2029c",
  "\ufeffa",
  "a\ufffdb",
  "\uffff",
  "\ue000\uf8ff",
  "\u{f0000}",
  "\u202ea\u200b",
  "é ß 名 😀",
  "no",
  "yes",
  "on",
  "null",
  "~",
  "true",
  "0x10",
  "0o7",
  "1e3",
  "08",
  "1_000",
  "12:30:45",
  "2026-11-23",
  ".inf",
  "=",
  "<<",
  "*a",
  "&a",
  "!a",
  "!!str a",
  "%a",
  "@a",
  "`a`",
  "- a",
  "? a",
  ": a",
  "a: b",
  "a #b",
  "# a",
  "// a",
  "/* a */",
  "<<E",
  "{}",
  "[a]",
  "a[1-2]",
  "[[1-2]]",
  "]",
  "a]b[",
  "__proto__",
  "constructor",
  "---",
  "...",
  "x".repeat(255),
  "[".repeat(255),
];

const anyName = fc.oneof(
  fc.constantFrom("a", "esx-01.lab", "gpu"),
  fc.constantFrom(...HOSTILE_NAMES),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 }).map((text) => text.normalize("NFC")),
  fc.string({ unit: "binary", minLength: 1, maxLength: 8 }).map((text) => text.normalize("NFC")),
);
/** A name as a text spells it: the brackets are meant. */
const name = anyName.map(spelled);
const names = fc.array(name, { maxLength: 3 });
const amount = fc.nat({ max: 1e9 });
const id = fc.constantFrom("10de:20f1", "0x10DE:0x2331", "10de:20f1:10de:145f", "10de:20f1:10de:145f:a1", "8086:1572:s=15d9", "1:2:r=a");
const restartPriority = fc.constantFrom("lowest", "low", "medium", "high", "highest", "disabled");
const hardwareVersion = fc.integer({ min: 3, max: 99 });

/** Some of the fields. */
const some = <T extends Record<string, fc.Arbitrary<unknown>>>(fields: T) => fc.record(fields, { requiredKeys: [] });
const list = <T>(element: fc.Arbitrary<T>, maxLength = 2) => fc.array(element, { maxLength });
const unique = <T extends { readonly name: string }>(element: fc.Arbitrary<T>, maxLength = 3) =>
  fc.uniqueArray(element, { maxLength, selector: (each) => each.name });

const request = fc
  .record({ allowed: list(id), label: fc.option(anyName, { nil: undefined }) })
  .map(({ allowed, label }) => ({ allowed, ...(label === undefined ? {} : { label }) }));
const drs = some({ enabled: fc.boolean(), automation_level: fc.constantFrom("manual", "partiallyAutomated", "fullyAutomated") });

const deviceState = some({
  label: anyName,
  passthrough: fc.constantFrom("active", "pending-reboot", "disabled", "vgpu"),
  healthy: fc.boolean(),
  reserved: anyName,
  bar1_gb: fc.constantFrom(0.25, 64),
  virtual_functions: fc.integer({ min: 1, max: 64 }),
});
const shared = fc
  .tuple(fc.constant({ passthrough: "vgpu" }), some({ vgpu_mode: fc.constantFrom("sameSize", "mixedSize", "multiInstanceGpu") }))
  .map(([needed, rest]) => ({ ...needed, ...rest }));
const address = fc
  .tuple(fc.constantFrom("0000", "0001", "ffff"), fc.nat({ max: 3 }), fc.nat({ max: 1 }))
  .map(([domain, bus, fn]) => `${domain}:${bus.toString(16).padStart(2, "0")}:00.${fn}`);
const device = fc.tuple(fc.record({ address, id }), fc.oneof(deviceState, shared)).map(([where, state]) => ({ ...where, ...state }));
const plainDevice = fc
  .tuple(address, fc.constantFrom({}, { revision: "a1" }, { subsystem: "10de:145f" }, { subsystem: "10de:145f", revision: "0x0a" }))
  .map(([where, sub]) => ({ address: where, id: "10de:20f1", ...sub }));
const counted = fc
  .tuple(fc.record({ id, count: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.constantFrom(300, 1024)) }), deviceState)
  .map(([what, state]) => ({ ...what, ...state }));

const host = fc
  .tuple(
    fc.record({
      name,
      esxi: fc.constantFrom("7.0", "8.0.2", "8.0.3"),
      cpu_mhz: fc.integer({ min: 1, max: 1e9 }),
      memory_mb: fc.integer({ min: 1, max: 1e9 }),
      devices: fc
        .tuple(fc.uniqueArray(fc.oneof(device, plainDevice), { maxLength: 4, selector: (each) => each.address }), list(counted))
        .map(([single, many]) => [...many, ...single]),
    }),
    some({
      state: fc.constantFrom("connected", "disconnected", "entering-maintenance", "connected"),
      failover: fc.boolean(),
      rebind_without_reboot: fc.boolean(),
      cpu_core_mhz: fc.integer({ min: 1, max: 9999 }),
      nvswitch: some({ modules: list(address) }),
      fault_domain: anyName,
      datastores: list(anyName),
      networks: list(anyName),
      hardware_versions: list(hardwareVersion),
    }),
  )
  .map(([needed, rest]) => ({ ...needed, ...rest }));

const reservations = { cpu_reservation_mhz: amount, overhead_mb: amount };
const shape = {
  ...reservations,
  cpus: fc.integer({ min: 1, max: 10_000 }),
  hardware_version: hardwareVersion,
  restart_priority: restartPriority,
};

const vgpu = fc
  .tuple(fc.record({ profile: anyName }), some({ count: fc.integer({ min: 1, max: 16 }) }))
  .map(([needed, rest]) => ({ ...needed, ...rest }));
const carried = { devices: list(request), vgpus: list(vgpu), device_groups: list(fc.record({ name: anyName })) };

const planned = fc
  .tuple(
    fc.record({ name, memory_mb: amount }),
    some({ ...shape, count: fc.integer({ min: 1, max: 9 }), memory_reservation_mb: amount, ...carried }),
  )
  .map(([needed, rest]) => ({ ...needed, ...rest }));
const template = fc
  .tuple(fc.record({ name: anyName }), some({ uuid: anyName, hardware_version: hardwareVersion, ...carried }))
  .map(([needed, rest]) => ({ ...needed, ...rest }));
const limits = some({
  cpu_limit_mhz: fc.integer({ min: 9, max: 99 }),
  cpu_reservation_mhz: fc.nat({ max: 9 }),
  memory_limit_mb: amount,
  expandable: fc.boolean(),
});
const pool = fc.tuple(fc.record({ name: anyName }), limits).map(([needed, rest]) => ({ ...needed, ...rest }));
const mandatory = some({ mandatory: fc.boolean() });
const rule = fc.tuple(fc.record({ name: anyName, vms: names }), mandatory).map(([needed, rest]) => ({ ...needed, ...rest }));

interface Host {
  readonly name: string;
  readonly devices: readonly { readonly [field: string]: unknown; readonly address?: string; readonly count?: number }[];
}

const heldVgpu = fc.tuple(vgpu, some({ start: fc.nat({ max: 80 }) })).map(([needed, rest]) => ({ ...needed, ...rest }));
const heldGroup = fc
  .tuple(fc.record({ name: anyName }), some({ devices: list(address) }))
  .map(([needed, rest]) => ({ ...needed, ...rest }));

/** VMs on these hosts, none of which holds what another does. */
function vmsOn(hosts: readonly Host[]) {
  if (hosts.length === 0) return fc.constant([]);
  const vm = fc.tuple(
    fc.record({
      name,
      folder: anyName,
      host: fc.constantFrom(...hosts.map((each) => each.name)),
      memory_mb: amount,
      held: fc.nat({ max: 2 }),
      byKind: fc.nat({ max: 3 }),
    }),
    some({
      ...shape,
      power: fc.constantFrom("on", "off"),
      uuid: anyName,
      memory_reservation_mb: amount,
      firmware: fc.constantFrom("bios", "efi"),
      static: fc.boolean(),
      drs,
      requests: list(request),
      vgpus: list(heldVgpu),
      device_groups: list(heldGroup),
    }),
  );
  return fc.uniqueArray(vm, { maxLength: 5, selector: ([needed]) => JSON.stringify([needed.name, needed.folder]) }).map((vms) => {
    const free = new Map(hosts.map((each) => [each.name, each.devices.flatMap(heldable)]));
    const left = new Map(hosts.map((each) => [each.name, kindIn(each)]));
    return vms.map(([{ held, byKind, ...needed }, rest]) => {
      const kind = left.get(needed.host);
      if (rest.power === "off") return { ...needed, ...rest };
      const devices = free.get(needed.host)!.splice(0, held);
      if (!kind || byKind === 0 || byKind > kind.count) return { ...needed, ...rest, devices };
      kind.count -= byKind;
      return { ...needed, ...rest, devices, holds: [{ ...kind, count: byKind }] };
    });
  });
}

function heldable({ address: at, passthrough }: Host["devices"][number]): string[] {
  return at === undefined || passthrough === "disabled" || passthrough === "vgpu" ? [] : [at];
}

/** The kind of a host's counted devices, and how many they are, where they are plain and its only devices. */
function kindIn({ devices }: Host): { readonly id: unknown; readonly label?: unknown; count: number } | undefined {
  const [first, ...others] = devices;
  if (others.length > 0 || first?.count === undefined) return undefined;
  const { id: kind, label, passthrough = "active", healthy = true, reserved, count } = first;
  if (passthrough !== "active" || healthy !== true || reserved !== undefined) return undefined;
  return { id: kind, ...(label === undefined ? {} : { label }), count };
}

const cluster = unique(host).chain((hosts) =>
  fc
    .tuple(
      fc.record({
        name: anyName,
        hosts: fc.constant(hosts),
        vms: vmsOn(hosts),
        planned: unique(planned),
        templates: unique(template),
        resource_pools: unique(pool),
        rules: unique(rule),
      }),
      some({
        datacenter: anyName,
        vcenter: anyName,
        id: anyName,
        resource_pool_id: anyName,
        accept: fc.subarray(["order-dependent", "fails", "unknown"]),
        drs,
        ha: some({
          enabled: fc.boolean(),
          host_failures_to_tolerate: fc.nat({ max: 1000 }),
          admission_control: fc.constantFrom("resourcePercentage", "slotPolicy", "failoverHosts", "disabled"),
          cpu_percent: fc.integer({ min: 1, max: 100 }),
          slot_memory_mb: amount,
          default_restart_priority: restartPriority,
        }),
      }),
    )
    .map(([{ rules, ...needed }, rest]) => ({
      ...needed,
      ...rest,
      host_rules: rules.slice(1).map((each) => ({ ...each, hosts: hosts.map((other) => other.name) })),
      vm_rules: rules.slice(0, 1).map((each) => ({ ...each, type: "separate" })),
    })),
);

/** A valid inventory as JSON spells it, with names as hostile as can be. Pulled: it may be as odd as a vCenter is. */
export const anyInventory = fc
  .record({
    source: fc
      .tuple(fc.record({ kind: fc.constant("vcenter") }), some({ at: fc.constant("2026-11-23T10:00:00Z"), server: anyName }))
      .map(([needed, rest]) => ({ ...needed, ...rest })),
    clusters: fc.uniqueArray(cluster, { minLength: 1, maxLength: 2, selector: (each) => each.name }),
  })
  .map((inventory) => inventory as unknown as InventoryText);

/** As an inventory spells a name that is no range. */
export function spelled(text: string): string {
  return text.replaceAll("[", "[[");
}

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { check } from "../lib/check";
import { diskFiles } from "../lib/disk-files";
import { Plan, PlanVm, runningNameOf } from "../lib/model";
import { readPlan } from "../lib/stack";

/** Plans of the real vSphere provider, with what it then did (see the README there). */
const DATA = "test/data/real-provider";
const HAPPENED = JSON.parse(readFileSync(join(DATA, "what-happened.json"), "utf8")) as Record<string, Record<string, string>>;
const PLANS = readdirSync(DATA).filter((name) => existsSync(join(DATA, name, "plan.json")));

/** What the reader says of a VM to which that happened. */
const SAYS: Readonly<Record<string, readonly PlanVm["action"][]>> = {
  untouched: ["none"],
  "changed live": ["none", "hot-add"],
  "power-cycled": ["reboot"],
  "powered off, not on again": ["reboot"],
  "powered on": ["power-on"],
  "changed, stayed off": ["power-on"],
  created: ["create"],
  deleted: ["delete"],
  replaced: ["replace-destroy-first"],
  "replaced, not powered on": ["replace-destroy-first"],
};

/** Refused before anything happened to the VM, or otherwise not what is planned: what the reader says then, and why. */
const OTHERWISE: Readonly<Record<string, readonly [PlanVm["action"], string]>> = {
  "04-create-before-destroy-same-name a": ["replace-create-first", "vCenter has that name already"],
  "35-cbd-forced-through-dependency a": ["replace-create-first", "vCenter has that name already"],
  "05-create-before-destroy-other-name a": ["replace-create-first", "the old one of a replacement"],
  "05-create-before-destroy-other-name a-v2": ["replace-create-first", "the new one of it"],
  "24-add-static-to-dynamic a": ["reboot", "the provider crashed"],
  "30b-attributes vapp": ["reboot", "the VM has no vApp configuration"],
  "30b-attributes soft-and-cpus": ["reboot", "a real vCenter refuses it on a running VM"],
};

/** Finding of what can't be applied, or not as planned. */
const FINDINGS: Readonly<Record<string, readonly string[]>> = {
  "04-create-before-destroy-same-name": ["create-first-same-name"],
  "35-cbd-forced-through-dependency": ["create-first-same-name"],
  "24-add-static-to-dynamic": ["static-and-dynamic"],
  "30b-attributes": ["soft-extra-config"],
  "32-off-then-annotation": ["update-powers-on"],
  "14-tainted": ["power-on-impossible"],
  "38-failed-reboot": ["power-on-impossible"],
  "38-failed-reboot-after": ["stays-off"],
  "40-off-annotated-no-room-live": ["power-on-impossible", "update-powers-on"],
  "41-relabelled-and-nested-hv": ["power-on-impossible"],
  "41-relabelled-and-nested-hv-after": ["stays-off"],
  "44-resource-pool": ["power-on-impossible"],
  "46-import-off": ["update-powers-on"],
  "50-host-moved": ["move-refused"],
};

/** Applies that the vCenter refused a power-on in, or that left one off in one of several trials. */
const LEFT_OFF = ["14-tainted", "38-failed-reboot", "40-off-annotated-no-room-live", "41-relabelled-and-nested-hv", "random-1-1"];

/** Applies that went through because the simulated vCenter does not look at the limits of resource pools. */
const ADMITTED = ["44-resource-pool"];

const planOf = (name: string): Plan =>
  readPlan(diskFiles, [join(DATA, name, "plan.json")], { variables: {}, variableFiles: [], environment: {}, stacks: [] });
const withInventory = PLANS.filter((name) => existsSync(join(DATA, name, "inventory.json")));
const reportOf = (name: string) =>
  check(
    { files: diskFiles, paths: [join(DATA, name, "plan.json")], inventories: [join(DATA, name, "inventory.json")] },
    { allowEmpty: true },
  );

describe("what the reader says of each VM is what the provider did", () => {
  const vms = Object.entries(HAPPENED).flatMap(([name, happened]) =>
    Object.entries(happened).map(([vm, what]) => [name, vm, what] as const),
  );

  test.each(vms)("%s: %s was %s", (name, vm, what) => {
    const found = planOf(name).vms.filter((each) => [each.name, runningNameOf(each)].some((known) => known.known && known.value === vm));
    // Another VM of the inventory has no part in the plan.
    const actions = found.length === 0 && what === "untouched" ? ["none"] : found.map(({ action }) => action);
    const [otherwise] = OTHERWISE[`${name} ${vm}`] ?? [];
    expect(actions).toEqual([otherwise ?? expect.stringMatching(new RegExp(`^(?:${SAYS[what]!.join("|")})$`))]);
  });
});

describe("what the provider did refutes no verdict", () => {
  test.each(withInventory)("%s", (name) => {
    const verdicts = reportOf(name).clusters.map(({ powerOn }) => powerOn.verdict);
    if (LEFT_OFF.includes(name)) expect(verdicts).not.toContain("guaranteed");
    else if (ADMITTED.includes(name)) expect(verdicts).toContain("impossible");
    else expect(verdicts).not.toContain("impossible");
    expect(verdicts).not.toContain("unknown");
  });
});

describe("what can't be applied, or not as planned, is found", () => {
  test.each(withInventory)("%s", (name) => {
    const about = new Set(Object.values(FINDINGS).flat());
    const found = new Set(reportOf(name).findings.map(({ rule }) => rule));
    expect([...found].filter((rule) => about.has(rule)).sort()).toEqual([...(FINDINGS[name] ?? [])].sort());
  });
});

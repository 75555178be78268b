import * as fc from "../../properties";
import { Cluster, DynamicRequest, PlanRule, PlanVm, Template, known } from "../../../lib/model";
import { Case } from "../../reference/generate";
import { after, change, cluster, devices, ha, hosts, plan, planned, poolNamed, requests, running, vm } from "../../reference/notation";

const SOURCE = { file: "alike", line: 1 };

/** Small clusters in which all hosts are alike, and all devices, all running VMs and all VMs to come: what is merged as far as can be. */
export const alikeCases: fc.Arbitrary<Case> = fc
  .record({
    hosts: fc.integer({ min: 2, max: 3 }),
    inside: fc.constantFrom("A", "A,A", "T,T"),
    capacity: fc.constantFrom({}, { memoryMb: 70_000 }, { memoryMb: 36_000 }, { cpuMhz: 2000 }),
    asks: fc.constantFrom("A", "A", "A,A", "", ""),
    byRevision: fc.boolean(),
    runs: fc.integer({ min: 0, max: 3 }),
    holds: fc.boolean(),
    declares: fc.boolean(),
    created: fc.integer({ min: 1, max: 4 }),
    byTemplate: fc.boolean(),
    overrides: fc.constantFrom(false, false, true),
    waits: fc.constantFrom(false, false, false, true),
    planned: fc.constantFrom(0, 0, 0, 2),
    changes: fc.constantFrom(0, 0, 0, 1, 2),
    policy: fc.constantFrom("disabled" as const, "resourcePercentage" as const, "slotPolicy" as const),
    automationLevel: fc.constantFrom("fullyAutomated" as const, "manual" as const),
    ha: fc.constantFrom(true, true, true, false),
    pool: fc.constantFrom(undefined, undefined, 70_000, 36_000),
    rule: fc.constantFrom(undefined, undefined, undefined, "separate" as const, "together" as const, "hosts" as const),
    options: fc.constantFrom({}, { faultDomains: true }, { defrag: "movable" as const }),
  })
  .map((spec) => {
    const declared = hosts(Array.from({ length: spec.hosts }, (_, index) => `h${index + 1}[]`).join(" "), {
      ...spec.capacity,
      devices: devices(spec.inside).map((device) => ({ ...device, id: { ...device.id, ...EXACT } })),
    });
    const asks = requests(spec.asks).map((request) => (spec.byRevision ? exactly(request) : request));
    const pool = spec.pool === undefined ? {} : { resourcePool: "gpu" };
    const held = spec.holds ? [0] : [];
    const runs = declared.slice(0, spec.runs).map(({ name }, index) => {
      const asked = spec.declares && spec.holds ? { requests: requests("A") } : {};
      return running(`r${index + 1}`, name, held, {
        memoryMb: 16384,
        memoryReservationMb: 16384,
        cpuReservationMhz: 1000,
        ...pool,
        ...asked,
      });
    });
    const names = Array.from({ length: spec.created }, (_, index) => `v${index + 1}`);
    const created = names.map((name, index): PlanVm => {
      const carriers = spec.byTemplate ? { templateName: known(`template-${name}`) } : { template: known(asks) };
      const waits = spec.waits && index > 0 ? after("v1") : {};
      const reserved = { memoryMb: known(16384), memoryReservationMb: known(16384), cpuReservationMhz: known(1000) };
      const wants = { datastores: ["ds1"], networks: ["net1"], hardwareVersion: known(19) };
      const inPool = spec.pool === undefined ? {} : { resourcePool: known(poolNamed("gpu")) };
      return vm(name, spec.asks, {
        action: "create",
        ...reserved,
        ...wants,
        ...inPool,
        ...waits,
        carriers: { ...carriers, gpuIntent: false },
      });
    });
    const changes = declared.slice(0, spec.changes).map(({ name }, index) => change(`x${index + 1}`, name, 1, LABELLED));
    return {
      plan: {
        ...plan(created, spec.inside.includes(",") ? changes : []),
        rules: spec.overrides ? created.map(({ address }) => override(address)) : [],
      },
      cluster: cluster({
        hosts: declared,
        vms: runs,
        drs: { enabled: true, automationLevel: spec.automationLevel, declared: true },
        templates: spec.byTemplate ? names.map((name) => template(`template-${name}`, asks)) : [],
        planned: spec.planned > 0 ? [planned("p", "A", { count: spec.planned, memoryMb: 16384 })] : [],
        ...(spec.ha ? { ha: ha(1, { admissionControl: spec.policy }) } : {}),
        ...poolsOf(spec.pool),
        ...rulesOf(spec.rule, declared, [...runs.map(({ name }) => name), ...created.map(({ label }) => label)]),
      }),
      options: spec.options,
    };
  });

/** What devices declare, so that every request is surely matched or not. */
const EXACT = { subVendor: 0x10de, subDevice: 0x145f, revision: 0xa1 };

function exactly(request: DynamicRequest): DynamicRequest {
  return { ...request, allowed: request.allowed.map((id) => ({ ...id, ...EXACT })) };
}

const LABELLED = { hardwareLabel: known("Training") };

function template(name: string, asks: Template["requests"]): Template {
  return { name, requests: asks, source: SOURCE };
}

function override(vmAddress: string): PlanRule {
  const address = vmAddress.replace("virtual_machine", "drs_vm_override");
  const [yes, vms, drsLevel] = [known(true), known([vmAddress]), known("fullyAutomated" as const)];
  return { kind: "drs-override", address, stack: "s", mandatory: yes, enabled: yes, vms, drsLevel, source: SOURCE };
}

function poolsOf(memoryLimitMb: number | undefined): Partial<Cluster> {
  return memoryLimitMb === undefined ? {} : { resourcePools: [{ name: "gpu", memoryLimitMb, expandable: true, source: SOURCE }] };
}

function rulesOf(rule: "separate" | "together" | "hosts" | undefined, all: Cluster["hosts"], vms: readonly string[]): Partial<Cluster> {
  const base = { name: "rule", vms, mandatory: true, source: SOURCE };
  if (rule === undefined) return {};
  return rule === "hosts" ? { hostRules: [{ ...base, hosts: all.map(({ name }) => name) }] } : { vmRules: [{ ...base, type: rule }] };
}

import { Cluster, Host, RestartPriority, isUsable } from "../../model";
import { isAutomated, isFullyAutomated } from "./automation";
import { Job } from "./job";
import { hostRefusals, vmRefusals } from "../eligibility";
import { Face } from "./faces";
import { InForce } from "./in-force";
import { Binding } from "./needs";
import { VmClass } from "../problem";
import { RequestTable } from "./requests";
import { PlainStep } from "./steps";
import { VmSpec, memoryNeedMb } from "../vm";

/** An occupant as the classes see it. */
export interface HeldVm {
  readonly spec: VmSpec;
  readonly host: string;
  readonly faces: readonly Face[];
  readonly releasedBy?: Job;
}

export interface Classes {
  readonly list: readonly Classified[];
  /** Class of a power-on step, by its index. */
  readonly ofStep: ReadonlyMap<number, number>;
  /** Class of an occupant, by its place in the list of occupants. */
  readonly ofOccupant: readonly number[];
}

/** A class with the hosts that allow it, by host name. */
export interface Classified {
  readonly vmClass: VmClass;
  readonly mayPowerOn: ReadonlySet<string>;
  readonly mayRestart: ReadonlySet<string>;
}

const TIERS: readonly RestartPriority[] = ["disabled", "lowest", "low", "medium", "high", "highest"];

/**
 * Puts VMs into classes: the batch's by what they need and where they stand in the order, the running ones by what they
 * need and hold. Two VMs of a class can change places in any sequence.
 */
export function classify(
  steps: readonly PlainStep[],
  occupants: readonly HeldVm[],
  hosts: readonly Host[],
  context: { readonly cluster: Cluster; readonly table: RequestTable; readonly binding: Binding; readonly inForce: InForce },
): Classes {
  const signatures = new Signatures(hosts, context);
  const builders = new Map<string, Builder>();
  const put = (key: string, spec: VmSpec, signature: Signature, occupant: boolean): number => {
    const builder = builders.get(key) ?? { signature, occupant, members: [], index: builders.size };
    builder.members.push(spec);
    builders.set(key, builder);
    return builder.index;
  };
  const dependents = dependentsOf(steps);
  const ofStep = new Map<number, number>();
  steps.forEach((step, index) => {
    const { job } = step;
    if (step.kind !== "power-on" || !job?.spec) return;
    const signature = signatures.of(job.spec, job.action !== "reboot");
    const place = job.action === "create" ? JSON.stringify([step.after, dependents[index]]) : job.id;
    ofStep.set(index, put(`batch ${signature.key} ${place}`, job.spec, signature, false));
  });
  const ofOccupant = occupants.map(({ spec, faces, releasedBy }) => {
    const held = faces.map(({ key }) => key).sort();
    const needs = signatures.of(spec, false);
    const signature = { ...needs, weightless: needs.weightless && held.length === 0, movable: needs.movable && held.length === 0 };
    return put(`running ${signature.key} ${JSON.stringify([held, releasedBy?.id ?? null])}`, spec, signature, true);
  });
  const list = [...builders.values()].map(({ signature, occupant, members, index }): Classified => {
    const { key: _, mayPowerOn, mayRestart, ...rest } = signature;
    return { vmClass: { ...rest, index, members, spec: members[0]!, occupant }, mayPowerOn, mayRestart };
  });
  return { list, ofStep, ofOccupant };
}

interface Builder {
  readonly signature: Signature;
  readonly occupant: boolean;
  readonly members: VmSpec[];
  readonly index: number;
}

function dependentsOf(steps: readonly PlainStep[]): readonly (readonly number[])[] {
  const dependents: number[][] = steps.map(() => []);
  steps.forEach(({ after }, index) => after.forEach((before) => dependents[before]!.push(index)));
  return dependents;
}

interface Signature extends Pick<VmClass, "requests" | "cpuMhz" | "memoryMb" | "weightless" | "tier" | "static" | "movable" | "fixedHost" | "refused" | "rules"> {
  readonly key: string;
  readonly mayPowerOn: ReadonlySet<string>;
  readonly mayRestart: ReadonlySet<string>;
}

class Signatures {
  private readonly known = new Map<string, Signature>();

  constructor(
    private readonly hosts: readonly Host[],
    private readonly context: { readonly cluster: Cluster; readonly table: RequestTable; readonly binding: Binding; readonly inForce: InForce },
  ) {}

  of(spec: VmSpec, firstPowerOn: boolean): Signature {
    const { cluster, table, binding, inForce } = this.context;
    const fixedHost = !isAutomated(cluster, spec.drs);
    const needs = {
      requests: table.of(spec),
      cpuMhz: binding.cpu ? spec.cpuReservationMhz : 0,
      memoryMb: binding.memory ? memoryNeedMb(spec) : 0,
      tier: TIERS.indexOf(spec.restartPriority),
      static: spec.static,
      movable: spec.requests.length === 0 && isFullyAutomated(cluster, spec.drs),
      fixedHost,
      refused: firstPowerOn ? vmRefusals(spec) : [],
      rules: inForce.vmRulesOf(spec),
    };
    const hostRules = inForce.hostRulesOf(spec);
    const counted = inForce.admission || inForce.pools ? [spec.cpuReservationMhz, memoryNeedMb(spec), spec.resourcePool ?? null] : null;
    const pin = fixedHost ? (spec.pin ?? null) : null;
    const key = JSON.stringify([needs, hostRules, counted, pin, spec.hardwareVersion ?? null, spec.datastores, spec.networks]);
    let signature = this.known.get(key);
    if (!signature) {
      const allowing = (restart: boolean): ReadonlySet<string> => {
        const rules = hostRules.map((index) => inForce.hostRules[index]!).filter(({ atPowerOn }) => restart || atPowerOn);
        const free = this.hosts.filter((host) => hostRefusals(spec, host, rules, restart).length === 0).map(({ name }) => name);
        return new Set(!restart && fixedHost && spec.pin ? free.filter((name) => name === spec.pin?.host) : free);
      };
      const mayRestart = allowing(true);
      const idle = needs.requests.length === 0 && needs.cpuMhz === 0 && needs.memoryMb === 0 && needs.rules.length === 0;
      const weightless = idle && this.hosts.filter(isUsable).every(({ name }) => mayRestart.has(name));
      signature = { ...needs, key, weightless, mayPowerOn: allowing(false), mayRestart };
      this.known.set(key, signature);
    }
    return signature;
  }
}


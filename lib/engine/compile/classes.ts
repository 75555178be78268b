import { Cluster, Host, RestartPriority, once } from "../../model";
import { isAutomated, isFullyAutomated } from "./automation";
import { EligibleHosts, Eligibility, HostSet } from "./eligible-hosts";
import { DeviceView } from "./device-views";
import { InForce } from "./in-force";
import { JOB_ACTIONS, Job } from "./job";
import { ListIds } from "./list-ids";
import { Binding, needsOf } from "./needs";
import { VmClass, VmTraits } from "./problem";
import { RequestTable } from "./requests";
import { PlainStep } from "./steps";
import { counted } from "../constraints/admission-control";
import { vmRefusals } from "../constraints/first-power-on";
import { poolLoad } from "../constraints/resource-pools";
import { VmSpec } from "../constraints/vm-spec";

/** An occupant as the classes see it. */
export interface HeldVm {
  readonly spec: VmSpec;
  readonly host: string;
  readonly views: readonly DeviceView[];
  readonly releasedBy?: Job;
}

export interface Classes {
  readonly list: readonly Classified[];
  /** Class of a power-on step, by its index. */
  readonly ofStep: ReadonlyMap<number, number>;
  /** Class of an occupant, by its place in the list of occupants. */
  readonly ofOccupant: readonly number[];
}

/** A class with the hosts that allow it. */
export interface Classified {
  readonly vmClass: VmClass;
  readonly mayPowerOn: HostSet;
  readonly mayRestart: HostSet;
}

/** What VMs are told apart by, beside themselves. */
export interface ClassContext {
  readonly cluster: Cluster;
  readonly table: RequestTable;
  readonly binding: Binding;
  readonly inForce: InForce;
}

/**
 * Puts VMs into classes: the batch's by what they need and where they stand in the order, the running ones by what they
 * need and hold. Two VMs of a class can change places in any sequence.
 */
export function classify(
  steps: readonly PlainStep[],
  occupants: readonly HeldVm[],
  hosts: readonly Host[],
  context: ClassContext,
): Classes {
  const signatures = new Signatures(hosts, context);
  const keys = new ListIds();
  const builders: Builder[] = [];
  const put = (key: readonly (string | number | undefined)[], spec: VmSpec, signature: () => Signature, occupant: boolean): number => {
    const index = keys.of(key);
    const builder = (builders[index] ??= { signature: signature(), occupant, members: [] });
    builder.members.push(spec);
    return index;
  };
  const placeOf = placesOf(steps);
  const ofStep = new Map<number, number>();
  steps.forEach((step, index) => {
    const { job } = step;
    if (step.kind !== "power-on" || !job?.spec) return;
    const signature = signatures.of(job.spec, JOB_ACTIONS[job.action].releases !== "power-off");
    const place = JOB_ACTIONS[job.action].releases === undefined ? placeOf(index) : [job.id];
    ofStep.set(
      index,
      put(["batch", signature.index, ...place], job.spec, () => signature, false),
    );
  });
  const ofOccupant = occupants.map(({ spec, views, releasedBy }) => {
    const held = views.map(({ key }) => key).sort();
    const needs = signatures.of(spec, false);
    const holding = (): Signature => (held.length === 0 ? needs : { ...needs, weightless: false, movable: false });
    return put(["running", needs.index, releasedBy?.id, ...held], spec, holding, true);
  });
  const list = builders.map(({ signature, occupant, members }, index): Classified => {
    const { index: _, mayPowerOn, mayRestart, ...rest } = signature;
    return { vmClass: { ...rest, index, members, occupant }, mayPowerOn, mayRestart };
  });
  return { list, ofStep, ofOccupant };
}

interface Builder {
  readonly signature: Signature;
  readonly occupant: boolean;
  readonly members: VmSpec[];
}

/**
 * Where a step stands in the order, as two numbers: what it waits for, and what waits for it. Steps that wait for the same are
 * taken together, because a stack can have as many that wait as it has that are waited for.
 */
function placesOf(steps: readonly PlainStep[]): (index: number) => readonly [waitsFor: number, isWaitedForBy: number] {
  const lists = new ListIds();
  const idOf = once((after: readonly number[]) => ({ id: lists.of(after) }));
  const waiting: number[][] = steps.map(() => []);
  const seen = new Set<number>();
  for (const { after } of steps) {
    const { id } = idOf(after);
    if (seen.has(id)) continue;
    seen.add(id);
    for (const before of after) waiting[before]!.push(id);
  }
  return (index) => [idOf(steps[index]!.after).id, lists.of(waiting[index]!)];
}

const TIERS: readonly RestartPriority[] = ["disabled", "lowest", "low", "medium", "high", "highest"];

/** VMs with equal traits, and what follows from these. */
interface Signature extends VmTraits, Pick<VmClass, "candidate" | "weightless"> {
  readonly index: number;
  readonly mayPowerOn: HostSet;
  readonly mayRestart: HostSet;
}

class Signatures {
  private readonly keys = new ListIds();
  private readonly known: Signature[] = [];
  private readonly eligible: EligibleHosts;

  constructor(
    hosts: readonly Host[],
    private readonly context: ClassContext,
  ) {
    this.eligible = new EligibleHosts(hosts, context.inForce.hostRules);
  }

  of(spec: VmSpec, firstPowerOn: boolean): Signature {
    const eligibility = this.eligible.of(spec, this.context.inForce.hostRulesOf(spec));
    const traits = this.traitsOf(spec, firstPowerOn, eligibility);
    const index = this.keys.ofRecord(traits);
    return (this.known[index] ??= this.signature(index, traits, eligibility));
  }

  private traitsOf(spec: VmSpec, firstPowerOn: boolean, { index: eligibility }: Eligibility): VmTraits {
    const { cluster, table, binding, inForce } = this.context;
    const fixedHost = spec.sriov === true || !isAutomated(cluster, spec.drs);
    const { resourcePool: pool } = spec;
    return {
      requests: table.of(spec),
      ...needsOf(spec, binding),
      tier: TIERS.indexOf(spec.restartPriority),
      static: spec.static,
      movable: spec.requests.length === 0 && !spec.static && isFullyAutomated(cluster, inForce.drsAtFailover(spec)),
      fixedHost,
      pin: fixedHost ? spec.pin : undefined,
      refused: firstPowerOn ? vmRefusals(spec) : [],
      rules: inForce.vmRulesOf(spec),
      eligibility,
      counted: inForce.admission && counted(spec),
      pooled: inForce.pools?.has(pool) ? { pool, ...poolLoad(spec) } : undefined,
    };
  }

  private signature(index: number, traits: VmTraits, { candidate, powerOn, restart: mayRestart }: Eligibility): Signature {
    const { requests, cpuMhz, memoryMb, rules, pin } = traits;
    const takesPart = rules.length > 0 || traits.static || traits.refused.length > 0;
    const idle = !takesPart && requests.length === 0 && cpuMhz === 0 && memoryMb === 0;
    const mayPowerOn = pin ? this.eligible.only(powerOn, pin.host) : powerOn;
    return { ...traits, index, candidate, weightless: idle && mayRestart.hasUsable, mayPowerOn, mayRestart };
  }
}

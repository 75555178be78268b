import { Cluster, Host, RestartPriority, once } from "../../model";
import { isAutomated, isFullyAutomated } from "./automation";
import { EligibleHosts, HostSet } from "./eligible-hosts";
import { DeviceView } from "./device-views";
import { InForce } from "./in-force";
import { Job } from "./job";
import { ListIds } from "./list-ids";
import { Binding } from "./needs";
import { VmClass } from "./problem";
import { RequestTable } from "./requests";
import { PlainStep } from "./steps";
import { vmRefusals } from "../constraints/eligibility";
import { VmSpec, memoryNeedMb } from "../constraints/vm-spec";

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
  const put = (key: readonly (string | number | undefined)[], spec: VmSpec, signature: Signature, occupant: boolean): number => {
    const index = keys.of(key);
    const builder = (builders[index] ??= { signature, occupant, members: [] });
    builder.members.push(spec);
    return index;
  };
  const placeOf = placesOf(steps);
  const ofStep = new Map<number, number>();
  steps.forEach((step, index) => {
    const { job } = step;
    if (step.kind !== "power-on" || !job?.spec) return;
    const signature = signatures.of(job.spec, job.action !== "reboot");
    const place = job.action === "create" ? placeOf(index) : [job.id];
    ofStep.set(index, put(["batch", signature.index, ...place], job.spec, signature, false));
  });
  const ofOccupant = occupants.map(({ spec, views, releasedBy }) => {
    const held = views.map(({ key }) => key).sort();
    const needs = signatures.of(spec, false);
    const signature = { ...needs, weightless: needs.weightless && held.length === 0, movable: needs.movable && held.length === 0 };
    return put(["running", needs.index, releasedBy?.id, ...held], spec, signature, true);
  });
  const list = builders.map(({ signature, occupant, members }, index): Classified => {
    const { index: _, mayPowerOn, mayRestart, ...rest } = signature;
    return { vmClass: { ...rest, index, members, spec: members[0]!, occupant }, mayPowerOn, mayRestart };
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

interface Signature extends Pick<
  VmClass,
  "requests" | "cpuMhz" | "memoryMb" | "weightless" | "tier" | "static" | "movable" | "fixedHost" | "refused" | "rules"
> {
  readonly index: number;
  readonly mayPowerOn: HostSet;
  readonly mayRestart: HostSet;
}

class Signatures {
  private readonly keys = new ListIds();
  private readonly lists = new ListIds();
  private readonly known: Signature[] = [];
  private readonly eligible: EligibleHosts;

  constructor(
    hosts: readonly Host[],
    private readonly context: ClassContext,
  ) {
    this.eligible = new EligibleHosts(hosts, context.inForce.hostRules);
  }

  of(spec: VmSpec, firstPowerOn: boolean): Signature {
    const { cluster, table, binding, inForce } = this.context;
    const fixedHost = !isAutomated(cluster, spec.drs);
    const needs = {
      requests: table.of(spec),
      cpuMhz: binding.cpu ? spec.cpuReservationMhz : 0,
      memoryMb: binding.memory ? memoryNeedMb(spec) : 0,
      tier: TIERS.indexOf(spec.restartPriority),
      static: spec.static,
      movable: spec.requests.length === 0 && isFullyAutomated(cluster, inForce.drsAtFailover(spec)),
      fixedHost,
      refused: firstPowerOn ? vmRefusals(spec) : [],
      rules: inForce.vmRulesOf(spec),
    };
    const hostRules = inForce.hostRulesOf(spec);
    const mayRestart = this.eligible.of(spec, hostRules, true);
    const free = this.eligible.of(spec, hostRules, false);
    const pin = fixedHost ? spec.pin : undefined;
    const mayPowerOn = pin ? this.eligible.only(free, pin.host) : free;
    const counted = inForce.admission || inForce.pools ? [spec.cpuReservationMhz, memoryNeedMb(spec), spec.resourcePool] : [];
    const index = this.keys.of([
      needs.cpuMhz,
      needs.memoryMb,
      needs.tier,
      needs.static,
      needs.movable,
      fixedHost,
      pin !== undefined,
      pin?.host,
      spec.hardwareVersion,
      ...[needs.requests, needs.rules, hostRules, spec.datastores, spec.networks, counted].map((list) => this.lists.of(list)),
      needs.refused.length === 0 ? undefined : JSON.stringify(needs.refused),
    ]);
    const idle = needs.requests.length === 0 && needs.cpuMhz === 0 && needs.memoryMb === 0 && needs.rules.length === 0;
    return (this.known[index] ??= { ...needs, index, weightless: idle && mayRestart.hasUsable, mayPowerOn, mayRestart });
  }
}

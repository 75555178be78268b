import { InputError, Inventory, Refusal, nearMiss, quoted } from "../model";
import { VmClass } from "./compile/problem";
import { Question, WorldQuestion } from "./question";
import { Transition } from "./state-space/transition";
import { Refusals } from "./witness/refusals";

/** Which hosts of a cluster may take a VM, with what runs there before the batch begins. */
export type Eligibility =
  | {
      readonly kind: "known";
      readonly cluster: string;
      /** As the report names it. */
      readonly vm: string;
      /** What refuses it whatever the host. */
      readonly everywhere: readonly Refusal[];
      /** Every host, by name. */
      readonly hosts: readonly HostEligibility[];
    }
  /** What the VM asks for is not known. */
  | { readonly kind: "unknown"; readonly cluster: string; readonly vm: string; readonly why: string };

export interface HostEligibility {
  readonly host: string;
  /** Empty: the host may take it, where nothing refuses it everywhere. Of a VM that runs, what it holds itself counts against it. */
  readonly refusals: readonly Refusal[];
  /** It hangs on sub-ids that the inventory does not declare. */
  readonly hangsOnSubIds?: true;
}

export function eligibilityOf(vm: string, { files }: Inventory, questions: readonly Question[]): readonly Eligibility[] {
  const asked = questions.map((question) => {
    const here = question.possible.find((each) => each.vm.address === vm || each.vm.label === vm);
    return here ? question.withMembers([here.vm]) : question;
  });
  const found = asked.flatMap((question) => inCluster(vm, question));
  if (found.length > 0) return found;
  const names = questions.flatMap(({ batch, possible }) => [
    ...possible.flatMap(({ vm: { address, label } }) => [address, label]),
    ...batch.jobs.flatMap(({ spec }) => (spec ? [spec.id, spec.name] : [])),
    ...batch.occupants.flatMap(({ spec }) => [spec.id, spec.name]),
    ...batch.opaque.flatMap(({ vm: id, label }) => [id, label]),
  ]);
  const near = nearMiss(vm, names);
  const meant = near === undefined ? "" : `; did you mean ${quoted(near)}?`;
  throw InputError.at({ file: files.join(", ") }, `there is no VM ${quoted(vm)} that is powered on or runs${meant}`);
}

function inCluster(vm: string, { cluster, batch, worlds, open }: Question): Eligibility[] {
  const opaque = batch.opaque.find((each) => each.vm === vm || each.label === vm);
  if (opaque) return [{ kind: "unknown", cluster: cluster.name, vm: opaque.vm, why: opaque.why }];
  const id = idOf(vm, batch);
  if (id === undefined) return [];
  const [first, ...others] = worlds.map((world) => refusalsIn(world, id));
  const names = cluster.hosts.map(({ name }) => name).sort((a, b) => (a < b ? -1 : 1));
  const hosts = names.map((host): HostEligibility => {
    const at = (refusals: readonly Refusal[]): readonly Refusal[] => refusals.filter((refusal) => refusal.host === host);
    const refusals = at(first!);
    const differs = open === undefined || others.some((other) => (at(other).length === 0) !== (refusals.length === 0));
    return { host, refusals, ...(differs ? { hangsOnSubIds: true } : {}) };
  });
  return [{ kind: "known", cluster: cluster.name, vm: id, everywhere: first!.filter(({ host }) => host === undefined), hosts }];
}

/** A VM that the batch powers on comes before one that runs: an update is both. */
function idOf(vm: string, { jobs, occupants }: Question["batch"]): string | undefined {
  const specs = [...jobs.flatMap(({ spec }) => spec ?? []), ...occupants.map(({ spec }) => spec)];
  return (specs.find(({ id }) => id === vm) ?? specs.find(({ name }) => name === vm))?.id;
}

function refusalsIn({ problem, rules: { inForce } }: WorldQuestion, id: string): readonly Refusal[] {
  const transition = new Transition(problem());
  const { classes, slots } = transition.problem;
  const isOf = ({ members }: VmClass): boolean => members.some((member) => member.id === id);
  const vmClass = classes.find((each) => !each.occupant && isOf(each)) ?? classes.find(isOf)!;
  return new Refusals(transition, inForce).of(
    transition.initial(),
    vmClass,
    slots.map((_, slot) => slot),
  );
}

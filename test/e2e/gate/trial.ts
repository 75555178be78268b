import { Report } from "../../../lib";
import { Random } from "../../clusters/random";
import { Choice, Failover, Policy, VCenter } from "../rig";
import { nameOf } from "./as-stack";
import { Creator } from "./creator";
import { Case } from "./draw-case";
import { Operator, Placement } from "./operator";

export type ReportCluster = Report["clusters"][number];
type Steps = NonNullable<ReportCluster["powerOn"]["succeeding"]>["steps"];

/** One cluster's verdicts against what happens in it. */
export class Trial {
  private readonly names: readonly string[];
  private readonly random: Random;

  constructor(
    private readonly vcenter: VCenter,
    private readonly drawn: Case,
    private readonly cluster: ReportCluster,
    private readonly operator: Operator,
    private readonly creator: Creator,
  ) {
    this.names = drawn.batch.map(({ name }) => name);
    this.random = new Random(drawn.seed);
  }

  /** The witnesses, and then each policy with an order by chance. */
  async run(policies: readonly Policy[]): Promise<void> {
    const { verdict, failing, succeeding } = this.cluster.powerOn;
    expect(failing !== undefined).toBe(verdict !== "guaranteed");
    expect(succeeding !== undefined).toBe(verdict !== "impossible");
    if (failing !== undefined) await this.replay(failing.steps);
    if (succeeding !== undefined) await this.replay(succeeding.steps);
    for (const policy of policies) await this.powerOnByChance(policy);
  }

  /** A witness: what it says goes on goes on there, what it says is refused is refused. */
  private async replay(steps: Steps): Promise<void> {
    const choices: Record<string, Choice> = {};
    for (const { vm, host, devices } of steps) {
      if (host !== undefined) choices[nameOf(vm)] = { host, ...(devices === undefined ? {} : { devices }) };
    }
    await this.empty("first", 1, choices);
    for (const { action, vm, refused } of steps) {
      expect(action).toBe("power-on");
      expect([vm, await this.creator.create(nameOf(vm))]).toEqual([vm, refused === undefined]);
    }
    if (steps.every(({ refused }) => refused === undefined)) {
      expect(steps.map(({ vm }) => nameOf(vm)).sort()).toEqual([...this.names].sort());
      await this.failHosts("random");
    }
  }

  private async powerOnByChance(policy: Policy): Promise<void> {
    await this.empty(policy, this.random.between(1, 1e6));
    await this.creator.createAll(this.legalOrder());
    const on = Object.keys(await this.operator.placement());
    const off = this.names.filter((name) => !on.includes(name));
    const { verdict, canBeLeftOff, complete } = this.cluster.powerOn;
    if (verdict === "guaranteed") expect(off).toEqual([]);
    if (verdict === "impossible") expect(off).not.toEqual([]);
    if (canBeLeftOff !== undefined && complete !== false) expect(canBeLeftOff.map(nameOf)).toEqual(expect.arrayContaining(off));
    if (off.length === 0) await this.failHosts(policy);
  }

  /** Fails hosts from the same placement, each alone and two where the report says that as many may, and looks at what stays off. */
  private async failHosts(policy: Policy): Promise<void> {
    const before = await this.operator.placement();
    const { verdict, worst, tolerates = 0 } = this.cluster.failover;
    const single = await this.lost(
      policy,
      before,
      this.hosts().map((host) => [host]),
    );
    if (verdict === "survives") expect(single).toEqual(single.map(() => 0));
    if (verdict === "fails") expect(Math.max(...single)).toBeGreaterThan(0);
    if (worst !== undefined) expect(Math.max(...single)).toBeLessThanOrEqual(worst.off.length);
    if (tolerates < 2 || policy !== "random") return; // the many pairs once or twice
    const double = await this.lost(policy, before, this.pairs());
    expect(double).toEqual(double.map(() => 0));
  }

  /** How many VMs stay off when these hosts fail, for each of the sets. */
  private async lost(policy: Policy, before: Placement, sets: readonly (readonly string[])[]): Promise<readonly number[]> {
    const lost: number[] = [];
    for (const hosts of sets) {
      await this.vcenter.setPolicy(policy, this.random.between(1, 1e6));
      const failover = await this.vcenter.failHosts(hosts, this.random.between(1, 1e6));
      const victims = Object.keys(before).filter((vm) => hosts.includes(before[vm]!.host));
      expect([...failover.order].sort()).toEqual(victims.sort());
      lost.push(failover.off.length);
      await this.putBack(hosts, before, failover);
    }
    return lost;
  }

  private async putBack(hosts: readonly string[], before: Placement, { order, restarted }: Failover): Promise<void> {
    await this.operator.powerOff(restarted.map(({ vm }) => vm));
    await this.vcenter.restoreHosts(hosts);
    await this.vcenter.setPolicy("first", 1, before);
    for (const vm of order) {
      if (!this.drawn.automated) await this.operator.migrate(vm, before[vm]!.host);
      expect([vm, await this.operator.powerOn(vm)]).toEqual([vm, true]);
    }
  }

  /** No VM of the batch is on, and hosts are chosen like this from now on. */
  private async empty(policy: Policy, seed: number, choices: Readonly<Record<string, Choice>> = {}): Promise<void> {
    await this.creator.clear();
    await this.vcenter.setPolicy(policy, seed, choices);
  }

  /** The batch in an order that its dependencies allow, by chance. */
  private legalOrder(): Case["batch"] {
    const order: Case["batch"][number][] = [];
    for (const vm of this.random.shuffled(this.drawn.batch)) this.addWithDependencies(vm, order);
    return order;
  }

  private addWithDependencies(vm: Case["batch"][number], order: Case["batch"][number][]): void {
    if (order.includes(vm)) return;
    for (const other of this.drawn.batch) if (vm.dependsOn.includes(other.name)) this.addWithDependencies(other, order);
    order.push(vm);
  }

  private pairs(): readonly (readonly string[])[] {
    const hosts = this.hosts();
    return hosts.flatMap((one, index) => hosts.slice(index + 1).map((other) => [one, other]));
  }

  private hosts(): readonly string[] {
    return this.drawn.input.clusters.flatMap(({ hosts }) => hosts.map(({ name }) => name));
  }
}

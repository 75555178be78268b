import { Cluster, Host, known, PlanVm } from "../../../lib/model";
import { hosts, vm } from "../../reference/notation";
import { classOf } from "../compiled";
import { problemOf } from "./problem-of";

/** The hosts that allow `v`, at power-on and at a restart, whatever is free there. */
function allowing(declared: readonly Host[], v: PlanVm, of: Partial<Cluster> = {}): readonly [string, string] {
  const problem = problemOf({ hosts: declared, ...of }, [v]);
  const { index } = classOf(problem, "v");
  const names = (may: "mayPowerOn" | "mayRestart"): string =>
    problem.slots.filter(({ kind }) => problem.kinds[kind]![may][index]).map(({ host }) => host.name).sort().join(" "); // prettier-ignore
  return [names("mayPowerOn"), names("mayRestart")];
}

const v = vm("v", "A");
const rule = (mandatory: boolean, ...of: readonly string[]): Partial<Cluster> => ({
  hostRules: [{ name: "r", vms: ["v"], hosts: of, mandatory, source: { file: "notation", line: 1 } }],
});
const MANUAL: Partial<Cluster> = { drs: { enabled: true, automationLevel: "manual", declared: true } };
const both = (more: Partial<Host>): readonly Host[] => [...hosts("h1[A]"), ...hosts("h2[A]", more)];

test.each<[title: string, found: readonly [string, string], expected: readonly [powerOn: string, restart: string]]>([
  ["all", allowing(both({}), v), ["h1 h2", "h1 h2"]],
  ["no matter what is free", allowing(hosts("h1[A] h2[]"), v), ["h1 h2", "h1 h2"]],
  ["not one in maintenance", allowing(both({ state: "maintenance" }), v), ["h1", "h1"]],
  ["a dedicated failover host at a restart only", allowing(both({ failover: true }), v), ["h1", "h1 h2"]],
  ["its hardware version", allowing(both({ esxi: "7.0" }), vm("v", "A", { hardwareVersion: known(19) })), ["h1", "h1"]],
  ["no version runs everywhere", allowing(both({ esxi: "7.0" }), v), ["h1 h2", "h1 h2"]],
  ["a datastore that one does not have", allowing(both({ datastores: [] }), vm("v", "A", { datastores: ["d"] })), ["h1", "h1"]],
  ["a rule", allowing(both({}), v, rule(true, "h2")), ["h2", "h2"]],
  ["a rule that is not mandatory", allowing(both({}), v, rule(false, "h2")), ["h1 h2", "h1 h2"]],
  ["a rule that names no host of the cluster", allowing(both({}), v, rule(true, "h9")), ["", ""]],
  [
    "a pin does not bind where DRS places (P1)",
    allowing(both({}), vm("v", "A", { host: known({ by: "name", name: "h2" }) })),
    ["h1 h2", "h1 h2"],
  ],
  [
    "it does where DRS does not (P2), but not at a restart",
    allowing(both({}), vm("v", "A", { host: known({ by: "name", name: "h2" }) }), MANUAL),
    ["h2", "h1 h2"],
  ],
])("%s", (_, found, expected) => {
  expect(found).toEqual(expected);
});

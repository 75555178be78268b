import { Circumstances, HostRuleInForce } from "../../../../lib/engine/constraints/host/constraint";
import { datastores } from "../../../../lib/engine/constraints/host/datastores";
import { deviceMaximum } from "../../../../lib/engine/constraints/host/device-maximum";
import { failoverHost } from "../../../../lib/engine/constraints/host/failover-host";
import { hardwareVersion } from "../../../../lib/engine/constraints/host/hardware-version";
import { hostRules } from "../../../../lib/engine/constraints/host/host-rules";
import { hostState } from "../../../../lib/engine/constraints/host/host-state";
import { networks } from "../../../../lib/engine/constraints/host/networks";
import { Refusal } from "../../../../lib/model";

const rule = (name: string, atPowerOn: boolean): HostRuleInForce => ({ name, hosts: [], atPowerOn });
const powerOn: Circumstances = { restart: false, hostRules: [rule("declared", true), rule("planned", false)] };
const restart: Circumstances = { ...powerOn, restart: true };
const release = (esxi: string, hardwareVersions?: readonly number[]) => ({ esxi, hardwareVersions: hardwareVersions as readonly number[] });
const stores = (vm: readonly string[], host: readonly string[] | undefined): readonly Refusal[] =>
  datastores.refusals({ datastores: vm }, host ? { datastores: host } : {}, powerOn);
const nets = (vm: readonly string[], host: readonly string[] | undefined): readonly Refusal[] =>
  networks.refusals({ networks: vm }, host ? { networks: host } : {}, powerOn);
const version = (wanted: number | undefined, esxi: string, list?: readonly number[]): readonly Refusal[] =>
  hardwareVersion.refusals(wanted === undefined ? {} : { hardwareVersion: wanted }, list ? release(esxi, list) : { esxi }, powerOn);
const maximum = (deviceCount: number, wanted: number | undefined, esxi: string): readonly Refusal[] =>
  deviceMaximum.refusals({ deviceCount, ...(wanted === undefined ? {} : { hardwareVersion: wanted }) }, { esxi }, powerOn);
const rules = (own: readonly number[], allowedBy: readonly number[], when: Circumstances): readonly Refusal[] =>
  hostRules.refusals({ hostRules: own }, { allowedBy }, when);

test.each<[title: string, refusals: readonly Refusal[], expected: readonly Partial<Refusal>[]]>([
  ["a connected host", hostState.refusals({}, { state: "connected" }, powerOn), []],
  [
    "one that enters maintenance is in maintenance",
    hostState.refusals({}, { state: "entering-maintenance" }, powerOn),
    [{ reason: "maintenance" }],
  ],
  ["one that is away, after a failure too", hostState.refusals({}, { state: "standby" }, restart), [{ reason: "standby" }]],
  ["a failover host at power-on", failoverHost.refusals({}, { failover: true }, powerOn), [{ reason: "failover-host" }]],
  ["a failover host at a restart", failoverHost.refusals({}, { failover: true }, restart), []],
  ["no version is the newest that the host runs", version(undefined, "6.7"), []],
  ["the newest", version(21, "8.0.2"), []],
  ["one newer", version(22, "8.0.2"), [{ reason: "hardware-version", requested: 22, capacity: 21 }]],
  ["a host's own list wins", version(21, "8.0.2", [19]), [{ reason: "hardware-version", requested: 21, capacity: 19 }]],
  ["nothing is asked for", stores([], []), []],
  ["a host that declares no datastores is not asked", stores(["a"], undefined), []],
  ["a host that declares that it has none", stores(["a"], []), [{ reason: "datastore", name: "a" }]],
  ["all but one", stores(["a", "b"], ["a"]), [{ reason: "datastore", name: "b" }]],
  ["names that differ by case differ", stores(["a"], ["A"]), [{ reason: "datastore", name: "a" }]],
  ["networks, undeclared", nets(["n"], undefined), []],
  ["networks, missing", nets(["n"], ["m"]), [{ reason: "network", name: "n" }]],
  ["as many devices as a VM may have", maximum(16, 19, "8.0.2"), []],
  ["one more", maximum(17, 19, "8.0.2"), [{ reason: "device-maximum", requested: 17, capacity: 16 }]],
  [
    "no version: the host's newest decides",
    maximum(129, undefined, "8.0.2"),
    [{ reason: "device-maximum", requested: 129, capacity: 128 }],
  ],
  ["under no rule", rules([], [], powerOn), []],
  ["a rule that lists the host", rules([0], [0], powerOn), []],
  ["a rule that does not", rules([0], [1], powerOn), [{ reason: "host-rule", name: "declared" }]],
  ["a rule of the plan is not in force at power-on (O3)", rules([1], [], powerOn), []],
  ["but at a restart", rules([1], [], restart), [{ reason: "host-rule", name: "planned" }]],
])("%s", (_, refusals, expected) => {
  expect(refusals).toEqual(expected);
});

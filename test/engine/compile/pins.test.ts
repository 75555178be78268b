import { pinOf, presentPin } from "../../../lib/engine/compile/pins";
import { Cluster, DeviceRequest, HostRef, known, Maybe, unknown } from "../../../lib/model";
import { cluster, hosts, requests, running, vm } from "../../reference/notation";

const automatic = cluster({ hosts: hosts("h1[A] h2[A]") });
const manual: Cluster = { ...automatic, drs: { enabled: true, automationLevel: "manual", declared: true } };
const at = (name: string): Maybe<HostRef> => known({ by: "name", name });
const exact: readonly DeviceRequest[] = [{ kind: "static", address: automatic.hosts[0]!.devices[0]!.address }];
const UNPINNED = known(undefined);

test.each<[title: string, of: Cluster, host: Maybe<HostRef> | undefined, asks: readonly DeviceRequest[], pin: ReturnType<typeof pinOf>]>([
  ["does not bind where DRS places the VM", automatic, at("h2"), requests("A"), UNPINNED],
  ["binds where DRS does not", manual, at("h2"), requests("A"), known({ host: "h2" })],
  ["binds one with exact devices", automatic, at("h1"), exact, known({ host: "h1" })],
  ["names no host of the cluster", manual, at("elsewhere"), requests("A"), known({ host: undefined })],
  ["is not known", manual, unknown("${h}"), requests("A"), unknown("${h}")],
  ["is not set", manual, undefined, requests("A"), UNPINNED],
])("a host that %s", (_, of, host, asks, expected) => {
  expect(pinOf(vm("v", "A", host && { host }), known(asks), of)).toEqual(expected);
});

test("one that is off starts where it is registered, by the inventory before the plan, before host_system_id", () => {
  const asked = vm("v", "A", { host: at("h2") });
  const moved = { ...asked, presentHost: at("h1") };
  const asks = known(requests("A"));
  expect(presentPin(moved, running("v", "h2", []), asks, manual)).toEqual(known({ host: "h2" }));
  expect(presentPin(moved, undefined, asks, manual)).toEqual(known({ host: "h1" }));
  expect(presentPin(asked, undefined, asks, manual)).toEqual(known({ host: "h2" }));
  expect(presentPin(moved, undefined, asks, automatic)).toEqual(UNPINNED);
});

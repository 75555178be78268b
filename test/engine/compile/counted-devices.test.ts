import { whyOnlyCounted } from "../../../lib/engine/compile/counted-devices";
import { DeviceRequest, Host } from "../../../lib/model";
import { address, cluster, hosts, requests } from "../../reference/notation";

/** A host with two devices, of which so many have an address that was declared. */
function host(declared: number): Host {
  const [made] = hosts("h1[A,A]");
  return { ...made!, devices: made!.devices.map((device, at) => ({ ...device, addressDeclared: at < declared })) };
}
const fixed = (...at: readonly number[]): readonly DeviceRequest[] => at.map((each) => ({ kind: "static", address: address(each) }));

test.each<[string, readonly DeviceRequest[], Host, string, readonly number[]]>([
  ["an address on a host that only counts", fixed(7), host(0), "h1", [7]],
  ["two of them", fixed(7, 8), host(0), "h1", [7, 8]],
  ["one that is declared beside counted ones", fixed(0), host(1), "h1", []],
  ["one that is not, beside them", fixed(0, 7), host(1), "h1", [7]],
  ["one that is made up for a counted device", fixed(1), host(1), "h1", [1]],
  ["one that a host lacks which declares all", fixed(7), host(2), "h1", []],
  ["a host that is not there", fixed(7), host(0), "h2", []],
  ["no address", requests("A"), host(0), "h1", []],
])("it is not known whether a host has what it may only count: %s", (_, asked, of, name, open) => {
  const why = whyOnlyCounted(asked, name, cluster({ hosts: [of] }));
  expect(why === undefined).toBe(open.length === 0);
  for (const each of open) expect(why).toContain(address(each));
});

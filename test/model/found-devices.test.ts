import { addressesOf, FoundDevice, known, Maybe, PciAddress, unknown } from "../../lib/model";
import { A100, address, cluster, device, host, T4 } from "../rules/builders";

const one = host("h1", { devices: [device("0000:10:00.0")] });
const two = host("h2", { devices: [device("0000:10:00.0"), device("0000:20:00.0", T4)] });
const counted = host("h3", { devices: [device("0000:00:00.0", A100, { addressDeclared: false })] });
const of = cluster({ hosts: [one, two, counted] });

const words = "${data.vsphere_host_pci_device.gpu.id}";
const on = (name: string, more: Partial<FoundDevice> = {}): FoundDevice => ({ words, host: known({ by: "name", name }), ...more });
const nvidia = { vendor: known(0x10de) };
const is: Maybe<readonly PciAddress[]> = known([address("0000:10:00.0")]);
const open = (why: string): Maybe<readonly PciAddress[]> => unknown(`${words} ${why}`);
const any = open("may be any of 2 devices of host h2: the provider takes the first that it finds");
const none = open("is no device that can be told among those that the inventory declares of host h1");

test.each<[string, FoundDevice, Maybe<readonly PciAddress[]>]>([
  ["the only one of its host", on("h1"), is],
  ["the only one of its vendor", on("h1", nvidia), is],
  ["one of another vendor", on("h1", { vendor: known(0x8086) }), none],
  ["one whose model has the name", on("h1", { nameRegex: known("A100") }), is],
  ["one whose model has another name", on("h1", { nameRegex: known("H100") }), none],
  ["one by an expression, which is not looked for", on("h1", { nameRegex: known("A.*") }), none],
  ["one by an expression, of the only vendor", on("h1", { ...nvidia, nameRegex: known("A.*") }), is],
  ["one of two", on("h2", nvidia), any],
  ["one of two by a name that the other may have, too", on("h2", { nameRegex: known("A100") }), any],
  ["one of a host that is not declared", on("h9"), open("is a device of a host that is not known")],
  ["one of a host that is not known", on("", { host: unknown("${var.host}") }), open("is a device of a host that is not known")],
  ["one whose vendor is not known", on("h1", { vendor: unknown("${var.vendor}") }), unknown("${var.vendor}")],
  ["one that the inventory counts", on("h3"), unknown(`${words}: the inventory counts the devices of host h3, and gives no addresses`)],
])("a data source finds %s", (_, found, expected) => {
  expect(addressesOf([found], of)).toEqual(expected);
});

test("nothing is found in a cluster that is not known", () => {
  expect(addressesOf([on("h1")], undefined)).toEqual(open("is a device of a host that is not known"));
});

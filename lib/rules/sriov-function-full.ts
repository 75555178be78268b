import { counted, distinct, groupBy, hostOf, listing } from "../model";
import { sriovUses } from "./facts/asks";
import { Facts, PlacedVm } from "./facts/facts";
import { placeOfAll } from "./facts/fold";
import { Rule } from "./rule";

export const sriovFunctionFull: Rule = {
  id: "sriov-function-full",
  severity: "error",
  title: "more VMs use an SR-IOV function than it serves",
  explanation: "Each SR-IOV interface takes one virtual function of its physical function. When none is left, the next VM does not start.",
  fix: "spread the VMs over more functions, or let the host offer more virtual functions and declare them",
  check: (facts) =>
    facts.clusters.flatMap(({ vms }) =>
      [...groupBy(vms.flatMap(usesOf), ({ host, address }) => `${host} ${address}`).values()].flatMap((uses) => {
        const [first] = uses;
        if (first?.serves === undefined || uses.length <= first.serves) return [];
        const names = distinct(uses.map(({ placed }) => facts.nameOf(placed.vm.address)));
        const serves = first.serves === 0 ? "no VM" : counted(first.serves, "VM");
        const times = uses.length === names.length ? "" : ` by ${counted(uses.length, "interface")}`;
        const subject = `${listing(names)} ${names.length === 1 ? "uses" : "use"} the SR-IOV function ${first.address}`;
        const message = `${subject} of ${facts.hostName(first.host)}${times}, which serves ${serves}`;
        return [{ ...placeOfAll([...new Set(uses.map(({ placed }) => placed.place))]), message }];
      }),
    ),
};

function usesOf(placed: Facts["vms"][number]): readonly Use[] {
  const { vm, cluster } = placed;
  const host = cluster && vm.host?.known ? hostOf(vm.host.value, cluster) : undefined;
  if (!host?.known || host.value === undefined) return [];
  const { name, devices } = host.value;
  return sriovUses(placed).map((address) => {
    const serves = devices.find((device) => device.address === address)?.virtualFunctions;
    return { placed, host: name, address, ...(serves === undefined ? {} : { serves }) };
  });
}

interface Use {
  readonly placed: PlacedVm;
  readonly host: string;
  readonly address: string;
  readonly serves?: number;
}

import { Cluster, Host, known, Plan, PlanRule, RunningVm } from "../../lib/model";
import { CaseSpec } from "./case-spec";

const SOURCE = { file: "generated", line: 1 };

/** Rules in force, which the running VMs keep: what a broken one asks of others is not said. */
export function rulesOf(
  { rules }: CaseSpec,
  hosts: readonly Host[],
  names: readonly string[],
  runs: readonly RunningVm[],
): Pick<Cluster, "hostRules" | "vmRules"> {
  const hostNames = hosts.map(({ name }) => name);
  const kept = rules
    .map(({ kind, mandatory, ...bits }, index) => {
      const vms = some(names, bits.vms);
      const on = runs.filter(({ name }) => vms.includes(name)).map(({ host }) => host);
      return { kind, mandatory, name: `rule${index + 1}`, vms, on, hosts: some(hostNames, bits.hosts) };
    })
    .filter(({ kind, vms, hosts: allowed, on }) => {
      if (kind === "hosts") return vms.length > 0 && allowed.length > 0 && on.every((host) => allowed.includes(host));
      return vms.length > 1 && (kind === "together" ? new Set(on).size <= 1 : new Set(on).size === on.length);
    });
  return {
    hostRules: kept
      .filter(({ kind }) => kind === "hosts")
      .map(({ name, vms, hosts: allowed, mandatory }) => ({ name, vms, hosts: allowed, mandatory, source: SOURCE })),
    vmRules: kept.flatMap(({ name, vms, kind, mandatory }) =>
      kind === "together" || kind === "separate" ? [{ name, vms, type: kind, mandatory, source: SOURCE }] : [],
    ),
  };
}

const KINDS: Readonly<Record<CaseSpec["planRules"][number]["kind"], PlanRule["kind"]>> = {
  separate: "vm-anti-affinity",
  together: "vm-affinity",
  hosts: "vm-host-affinity",
  "not-hosts": "vm-host-anti-affinity",
};

/** Rules of the plan. At most two VMs are to be together: where more are apart already, what is asked of one is not said. */
export function planRulesOf({ planRules }: CaseSpec, hosts: readonly Host[], { vms }: Plan): readonly PlanRule[] {
  const addresses = vms.filter(({ action }) => action !== "delete").map(({ address }) => address);
  return planRules.flatMap(({ kind, mandatory, enabled, ...bits }, index) => {
    const of = some(addresses, bits.vms).slice(0, kind === "together" ? 2 : addresses.length);
    const onHosts = some(hosts, bits.hosts).map(({ name }) => ({ by: "name", name }) as const);
    if (of.length < (kind.includes("hosts") ? 1 : 2) || (kind.includes("hosts") && onHosts.length === 0)) return [];
    return [
      {
        kind: KINDS[kind],
        address: `rule.planned${index + 1}`,
        stack: "s",
        mandatory: known(mandatory),
        enabled: known(enabled),
        vms: known(of),
        ...(kind.includes("hosts") ? { hosts: known(onHosts) } : {}),
        source: SOURCE,
      },
    ];
  });
}

function some<T>(list: readonly T[], bits: number): readonly T[] {
  return list.filter((_, index) => (bits >> index) % 2 === 1);
}

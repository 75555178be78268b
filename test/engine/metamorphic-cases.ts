import * as fc from "../properties";
import { Cluster, known, Plan } from "../../lib/model";
import { Case, mixedCases } from "../reference/generate";
import { after, cluster, devices, ha, hosts, plan, planned, running, vm } from "../reference/notation";

/** Clusters too large for the brute force: up to 16 hosts and 40 VMs, most of which are to be powered on. */
export const largeCases: fc.Arbitrary<Case> = fc
  .record({
    hosts: fc.array(
      fc.record({
        inside: fc.constantFrom("A*8", "A*8", "A*4", "A*4,T*4", "T*8", "A*6,H*2", "A*8", "A*8"),
        memoryMb: fc.constantFrom(100_000_000, 100_000_000, 100_000_000, 600_000, 300_000),
        failover: fc.constantFrom(false, false, false, false, false, false, false, true),
      }),
      { minLength: 3, maxLength: 16, size: "large" },
    ),
    vms: fc.array(
      fc.record({
        asks: fc.constantFrom("A", "A", "A", "A", "A", "A,A", "A,A", "A,A,A", "A,A,A,A", "T", "A|H", ""),
        memoryMb: fc.constantFrom(16384, 32768, 65536),
        runsOn: fc.option(fc.nat(15), { freq: 3, nil: undefined }),
        priority: fc.constantFrom(undefined, undefined, undefined, "high" as const, "low" as const, "disabled" as const),
        after: fc.option(fc.nat(39), { freq: 4, nil: undefined }),
      }),
      { minLength: 1, maxLength: 40, size: "large" },
    ),
    failures: fc.constantFrom(1, 1, 1, 2, 3),
    policy: fc.constantFrom(
      "disabled" as const,
      "disabled" as const,
      "disabled" as const,
      "resourcePercentage" as const,
      "slotPolicy" as const,
    ),
    planned: fc.boolean(),
  })
  .map((spec) => {
    const declared = spec.hosts.map(
      ({ inside, ...more }, index) => hosts(`h${String(index).padStart(2, "0")}[]`, { ...more, devices: devices(inside) })[0]!,
    );
    const used = declared.map(() => 0);
    const runs: Cluster["vms"][number][] = [];
    const created: Plan["vms"][number][] = [];
    spec.vms.forEach(({ asks, memoryMb, runsOn, priority, after: needed }, index) => {
      const name = `v${String(index).padStart(2, "0")}`;
      const at = runsOn === undefined ? -1 : runsOn % declared.length;
      const size = asks.split(",").filter(Boolean).length;
      const host = declared[at];
      const fits = host && !host.failover && used[at]! + size <= host.devices.length && host.memoryMb > 4 * 70_000;
      if (fits) {
        runs.push(
          running(
            name,
            host.name,
            Array.from({ length: size }, (_, place) => used[at]! + place),
            { memoryMb, ...(priority ? { restartPriority: priority } : {}) },
          ),
        );
        used[at]! += size;
        return;
      }
      const before = needed === undefined || needed >= created.length ? [] : [created[needed]!.label];
      const { dependsOn } = after(...before);
      const all = [...new Set([...dependsOn, ...dependsOn.flatMap((each) => created.find(({ address }) => address === each)!.dependsOn)])];
      created.push(
        vm(name, asks, {
          action: "create",
          memoryMb: known(memoryMb),
          dependsOn: all,
          ...(priority ? { restartPriority: known(priority) } : {}),
        }),
      );
    });
    return {
      plan: plan(created),
      cluster: cluster({
        hosts: declared,
        ha: ha(spec.failures, { admissionControl: spec.policy }),
        vms: runs,
        planned: spec.planned ? [planned("p", "A", { count: 2 })] : [],
      }),
      options: {},
    };
  });

/** Small ones with every feature, and large ones with the usual. */
export const anyCase: fc.Arbitrary<Case> = fc.oneof({ weight: 4, arbitrary: mixedCases }, { weight: 1, arbitrary: largeCases });

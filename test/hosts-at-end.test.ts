import { toReport } from "../lib/gate";
import { ClusterJudgement, formatPciId, parsePciId, ReportHost } from "../lib/model";
import { judge } from "./engine/judge";
import * as fc from "./properties";
import { cases, mixedCases, Case } from "./reference/generate";
import { inventory } from "./reference/notation";
import { problemOf } from "./reference/problem";
import { endOf } from "./reference/replay";

// The judgement has the hosts as they end; counts and pictures are made from them and can't say anything else.

interface Told {
  readonly judged: ClusterJudgement;
  /** As the report has them. */
  readonly hosts: readonly ReportHost[];
}

function told({ plan, cluster, options }: Case, maxWork?: number): Told {
  const judgement = judge(plan, inventory(cluster), { ...options, ...(maxWork === undefined ? {} : { maxWork }) });
  const report = toReport({ plan, inventory: inventory(cluster), judgement, findings: [] }, "error");
  return { judged: judgement.clusters[0]!, hosts: report.clusters[0]!.hosts };
}

const plans = fc.oneof(mixedCases, cases({ planActions: true }), cases({ subIds: true }));

test.each([undefined, 30])("capacity is what is counted in the picture, with work for %s", (maxWork) => {
  const property = fc.property(plans, (each) => {
    const { judged, hosts } = told(each, maxWork);
    expect(judged.capacity.map(({ id, label, total, used, free }) => ({ id, label, total, used, free }))).toEqual(countsOf(hosts));
  });
  fc.assert(property, { numRuns: 150 });
});

/** F5, of what is drawn: a device on a usable host that is capacity, or that somebody holds. */
function countsOf(hosts: readonly ReportHost[]): readonly object[] {
  const rows = new Map<string, { id: string; label: string | undefined; total: number; used: number; free: number }>();
  for (const { devices } of hosts.filter(({ state }) => state === "connected")) {
    for (const { id, label, passthrough, unavailable, vm } of devices) {
      if (vm === undefined && (passthrough !== "active" || unavailable !== undefined)) continue;
      const { vendor, device } = parsePciId(id)!;
      const key = `${formatPciId({ vendor, device })} ${label ?? ""}`;
      const row = rows.get(key) ?? { id: formatPciId({ vendor, device }), label, total: 0, used: 0, free: 0 };
      rows.set(key, { ...row, total: row.total + 1, used: row.used + Number(vm !== undefined), free: row.free + Number(vm === undefined) });
    }
  }
  return [...rows.keys()].sort().map((key) => rows.get(key)!);
}

test("every device is drawn as the succeeding sequence leaves it: changed where its change took effect, with its holder", () => {
  let followed = 0;
  const property = fc.property(fc.oneof(mixedCases, cases({ planActions: true })), (each) => {
    const { judged, hosts } = told(each);
    const end = endOf(each.plan, each.cluster, judged.powerOn);
    if (!end) return;
    followed++;
    const { devices, bodies } = problemOf(each.plan, each.cluster);
    const drawn = hosts.flatMap((host, index) =>
      host.devices.map(({ address, label, passthrough, vm }) => ({ host: index, address, label, passthrough, vm })),
    );
    const expected = devices.map(({ host, address }, index) => {
      const { label, state } = end.devices[index]!;
      const holder = end.at.findIndex((place) => place && (place.held & (1 << index)) !== 0);
      return { host, address, label, passthrough: state, vm: holder < 0 ? undefined : bodies[holder]!.name };
    });
    expect(drawn).toEqual(expected);
  });
  fc.assert(property, { numRuns: 200 });
  expect(followed).toBeGreaterThanOrEqual(fc.share(50));
});

test("without a sequence that succeeds the running VMs are drawn where they are, with what they hold", () => {
  let asked = 0;
  const property = fc.property(cases({ planActions: true, crowded: true }), (each) => {
    const { judged, hosts } = told(each);
    if (judged.powerOn.succeeding) return;
    asked++;
    const drawn = hosts.flatMap(({ name, devices }) =>
      devices.flatMap(({ address, vm }) => (vm === undefined ? [] : [`${name} ${address}`])),
    );
    expect(drawn.sort()).toEqual(each.cluster.vms.flatMap(({ host, devices }) => devices.map((address) => `${host} ${address}`)).sort());
    const disabled = hosts.flatMap(({ devices }) =>
      devices.filter(({ passthrough, vm }) => passthrough === "disabled" && vm !== undefined),
    );
    expect(disabled).toEqual([]);
  });
  fc.assert(property, { numRuns: 100 });
  expect(asked).toBeGreaterThanOrEqual(fc.share(10));
});

test("what is stranded in the picture is so in the counts, and free", () => {
  const property = fc.property(cases({ crowded: true, sizes: true }), (each) => {
    const { judged, hosts } = told(each);
    const stranded = hosts.flatMap(({ devices }) => devices.filter((device) => device.stranded === true));
    const counted = judged.capacity.reduce((sum, row) => sum + (row.stranded ?? 0), 0);
    // One that the outcome that is drawn gives to a VM may be free where the worst failure is.
    expect(stranded.length).toBeLessThanOrEqual(counted);
    expect(stranded.filter(({ vm }) => vm !== undefined)).toEqual([]);
    if ((judged.failover.worst?.off.length ?? 0) === 0) expect(stranded).toEqual([]);
  });
  fc.assert(property, { numRuns: 100 });
});

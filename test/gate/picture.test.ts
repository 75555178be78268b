import { DeviceAtEnd, HostAtEnd, ReportDevice } from "../../lib/model";
import { toReport } from "../../lib/gate";
import * as make from "../rules/builders";

function draw(device: DeviceAtEnd): ReportDevice {
  const hosts: HostAtEnd[] = [{ ...make.host("esx-01"), devices: [device] }];
  const judgement = make.judgement(make.clusterJudgement({ hosts }));
  const report = toReport({ plan: make.plan(), inventory: make.inventory(make.cluster()), judgement, findings: [] }, "error");
  return report.clusters[0]!.hosts[0]!.devices[0]!;
}

test.each<[string, Partial<DeviceAtEnd>, Partial<ReportDevice>]>([
  ["who holds it", { holder: { vm: "vm", running: true } }, { vm: "vm", running: true }],
  ["that its address was made up for one of a counted block", { addressDeclared: false }, { madeUp: true }],
  ["its label", { label: "Training" }, { label: "Training" }],
  ["its state", { passthrough: "pending-reboot" }, { passthrough: "pending-reboot" }],
  ["why it is unavailable", { healthy: false }, { unavailable: "unhealthy" }],
  ["what it is set aside for, before its health", { healthy: false, reserved: "spare" }, { unavailable: "reserved: spare" }],
  ["that it is of no use after the worst failure", { stranded: true }, { stranded: true }],
])("a device is drawn with %s", (_, more, drawn) => {
  const device = make.device("0000:01:00.0", make.A100);
  expect(draw({ ...device, ...more })).toEqual({ address: "0000:01:00.0", id: "10de:20f1", passthrough: "active", ...drawn });
});

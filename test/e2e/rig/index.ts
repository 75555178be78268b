export { binaries } from "./binaries";
export type { ClusterInput, DeviceInput, Fault, HostInput, Policy, RequestInput, TemplateInput, VCenterInput, VmInput } from "./input";
export { readInventory, readRunning, type Running } from "./inventory";
export { type Outcome, run } from "./run";
export { type Mirror, type Terraform, terraformIn } from "./terraform";
export { describeWhere } from "./tools";
export { type Choice, type Failover, type Ready, startVCenter, type VCenter } from "./vcenter";
export { describeWithVsphereProvider } from "./vsphere-provider";

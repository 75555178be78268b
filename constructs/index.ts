export { AcceleratedTemplate, type PreparedTemplateOptions, type TemplateCopyOptions } from "./accelerated-template";
export { AcceleratedVm } from "./accelerated-vm";
export {
  type Accelerator,
  type AcceleratedVmProps,
  RestartPriority,
  type StaticDevices,
  type VirtualMachineOwner,
  type VmCluster,
} from "./accelerated-vm-props";
export { CapacityGate, type CapacityGateOptions } from "./capacity-gate";
export { type CustomGpuProps, Gpu } from "./gpu";
export { GpuPassthroughHost, type GpuPassthroughHostProps } from "./gpu-passthrough-host";
export { type DeviceLabel, HardwareLabel, type HardwareLabelProps } from "./hardware-label";
export * from "./provider";

import { Device, DrsOverride, HaSettings, Host, ResourcePool } from "../model";

// What stands for a field that an inventory leaves out, and what the writer therefore leaves out.

export const HOST = { state: "connected", failover: false, rebindWithoutReboot: false } as const satisfies Partial<Host>;

export const DEVICE = { passthrough: "active", healthy: true } as const satisfies Partial<Device>;

export const DRS = { enabled: true, automationLevel: "fullyAutomated" } as const satisfies DrsOverride;

export const HA = {
  hostFailuresToTolerate: 1,
  admissionControl: "resourcePercentage",
  defaultRestartPriority: "medium",
} as const satisfies HaSettings;

export const POOL = { expandable: true } as const satisfies Partial<ResourcePool>;

export const RULE = { mandatory: true } as const;

/** What the simulated vCenter contains: test/e2e/vcenter/README.md says what each means. */
export interface VCenterInput {
  readonly policy?: Policy;
  readonly seed?: number;
  readonly user?: string;
  readonly password?: string;
  readonly datacenter?: string;
  readonly datastore?: string;
  readonly faults?: readonly Fault[];
  readonly clusters: readonly ClusterInput[];
}

export type Policy = "first" | "spread" | "random";

export interface ClusterInput {
  readonly name: string;
  readonly drs?: { readonly enabled?: boolean; readonly automation_level?: string };
  readonly ha?: {
    readonly enabled?: boolean;
    readonly admission_control: "disabled";
    readonly default_restart_priority?: string;
    readonly host_failures_to_tolerate?: number;
  };
  readonly hosts: readonly HostInput[];
  readonly vms?: readonly VmInput[];
  readonly templates?: readonly TemplateInput[];
}

export interface HostInput {
  readonly name: string;
  readonly esxi: string;
  readonly cpu_mhz: number;
  readonly memory_mb: number;
  readonly rebind_without_reboot?: boolean;
  readonly devices?: readonly DeviceInput[];
}

export interface DeviceInput {
  readonly address: string;
  readonly id: string;
  readonly subsystem?: string;
  readonly revision?: string;
  readonly label?: string;
  readonly passthrough?: "active" | "pending-reboot" | "disabled";
  readonly name?: string;
}

export interface VmInput {
  readonly name: string;
  readonly host?: string;
  readonly cpus?: number;
  readonly cpu_reservation_mhz?: number;
  readonly memory_mb: number;
  readonly memory_reservation_mb?: number;
  readonly hardware_version?: number;
  readonly requests?: readonly RequestInput[];
  readonly devices?: readonly string[];
  readonly restart_priority?: string;
}

export interface TemplateInput {
  readonly name: string;
  readonly uuid?: string;
  readonly cpus?: number;
  readonly memory_mb?: number;
  readonly hardware_version?: number;
  readonly devices?: readonly RequestInput[];
}

export interface RequestInput {
  readonly allowed: readonly string[];
  readonly label?: string;
}

export interface Fault {
  readonly method?: string;
  readonly skip?: number;
  readonly times?: number;
  readonly kind: "fault" | "status" | "delay" | "drop" | "expire";
  readonly fault?: string;
  readonly message?: string;
  readonly status?: number;
  readonly delayMs?: number;
  readonly after?: boolean;
}

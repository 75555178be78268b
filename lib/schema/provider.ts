/** What an attribute holds, in Terraform's terms. */
export type AttributeType =
  "string" | "number" | "bool" | { readonly list: AttributeType } | { readonly object: Readonly<Record<string, AttributeType>> };

/** An attribute of the Terraform provider's configuration, of a resource or of a nested block. */
export interface AttributeSchema {
  readonly type: AttributeType;
  /** Given by the user (required, optional) or told by the provider (computed). */
  readonly use: "required" | "optional" | "computed";
  readonly description: string;
  readonly sensitive?: true;
  /** A change replaces the resource. */
  readonly forceNew?: true;
  /** The value of an optional attribute that the user does not give. */
  readonly default?: string | number | boolean;
  /** An update leaves the computed value as it is, so that a plan knows it. */
  readonly stable?: true;
}

export interface BlockSchema {
  readonly description: string;
  readonly attributes: Readonly<Record<string, AttributeSchema>>;
  /** Repeatable nested blocks, in order. */
  readonly blocks?: Readonly<Record<string, NestedBlockSchema>>;
  /** How long each operation may take unless a nested block `timeouts` says otherwise. */
  readonly timeouts?: Readonly<Partial<Record<"create" | "read" | "update" | "delete", string>>>;
}

export interface NestedBlockSchema extends Omit<BlockSchema, "timeouts"> {
  readonly minItems: number;
  readonly forceNew?: true;
}

/**
 * The provider's type, its source address and the versions that fit this package. The host of the address has no registry:
 * Terraform takes the provider from a local mirror (`terraform.d/plugins`), never from the network.
 */
export const PROVIDER = {
  type: "passthru",
  source: "terraform.local/passthru/passthru",
  versionConstraint: "~> 0.1.0",
} as const;

/** The provider's configuration: the vSphere provider's names, each from the environment where it is not given. */
export const PROVIDER_CONFIG = {
  description: "What vSphere GPU passthrough needs and the vSphere provider lacks.",
  attributes: {
    vsphere_server: { type: "string", use: "optional", description: "vCenter's host name; else VSPHERE_SERVER" },
    user: { type: "string", use: "optional", description: "user name; else VSPHERE_USER" },
    password: { type: "string", use: "optional", sensitive: true, description: "password; else VSPHERE_PASSWORD" },
    allow_unverified_ssl: {
      type: "bool",
      use: "optional",
      description: "accept any certificate; else VSPHERE_ALLOW_UNVERIFIED_SSL; else false",
    },
    api_timeout: { type: "number", use: "optional", description: "minutes that one call may take; else VSPHERE_API_TIMEOUT; else 5" },
    vim_keep_alive: {
      type: "number",
      use: "optional",
      description: "minutes between calls that keep an idle session alive; else VSPHERE_VIM_KEEP_ALIVE; else 10; 0 for none",
    },
  },
} as const satisfies BlockSchema;

export const HOST_DEVICE = {
  description: "A PCI device of a host: whether it is passed through, and its hardware label. One owner a device.",
  attributes: {
    host_system_id: { type: "string", use: "required", forceNew: true, description: "managed object id of the host, host-21" },
    pci_id: { type: "string", use: "required", forceNew: true, description: "PCI address, 0000:af:00.0" },
    enabled: { type: "bool", use: "optional", description: "passthrough on or off; left as it is where omitted" },
    hardware_label: {
      type: "string",
      use: "optional",
      description: "hardware label (ESXi 7.0 U2 and newer); the empty string removes it; left as it is where omitted",
    },
    apply_now: {
      type: "bool",
      use: "optional",
      description: "rebind the device without a reboot where the host can; true where omitted; false leaves it pending a reboot",
    },
    active: { type: "bool", use: "computed", description: "whether passthrough is in effect" },
    reboot_pending: { type: "bool", use: "computed", description: "whether the setting waits for a reboot of the host" },
    vendor_id: { type: "string", use: "computed", stable: true, description: "vendor id, four hexadecimal digits, 10de" },
    device_id: { type: "string", use: "computed", stable: true, description: "device id, four hexadecimal digits, 20f1" },
    name: { type: "string", use: "computed", stable: true, description: "the device's name as the host tells it" },
    vm: { type: "string", use: "computed", description: "name of the VM that holds it; empty where it is free" },
    found_enabled: {
      type: "bool",
      use: "computed",
      stable: true,
      description: "the setting before this resource, which a destroy restores",
    },
    found_label: { type: "string", use: "computed", stable: true, description: "the label before this resource, which a destroy restores" },
  },
  timeouts: { create: "20m", read: "20m", update: "20m", delete: "20m" },
} as const satisfies BlockSchema;

export const TEMPLATE = {
  description: "A copy of a VM template that carries Dynamic DirectPath I/O devices, which its clones inherit.",
  attributes: {
    source_template_uuid: {
      type: "string",
      use: "required",
      forceNew: true,
      description: "BIOS uuid of the template to copy, which carries no PCI device itself",
    },
    name: { type: "string", use: "required", forceNew: true, description: "name of the copy, of its own in its folder" },
    hardware_version: {
      type: "number",
      use: "optional",
      forceNew: true,
      description: "virtual hardware version at least, 17 or newer; a source that is newer keeps its own",
    },
    linked_clone: {
      type: "bool",
      use: "optional",
      forceNew: true,
      description: "share the disks of the source's newest snapshot where it has one; else, and where omitted, copy them",
    },
    datastore_id: { type: "string", use: "optional", forceNew: true, description: "datastore of the copy; else the source's" },
    folder: {
      type: "string",
      use: "optional",
      forceNew: true,
      description: "path of the copy's folder below the datacenter's VM folder; else the source's",
    },
    uuid: { type: "string", use: "computed", stable: true, description: "BIOS uuid of the copy, for clone.template_uuid" },
  },
  blocks: {
    device: {
      description: "One dynamic device that each clone asks for at power-on.",
      minItems: 1,
      forceNew: true,
      attributes: {
        allowed: {
          type: { list: "string" },
          use: "required",
          description: "ids of which any fits, vendor:device[:subvendor:subdevice[:revision]]; an empty list allows every id",
        },
        label: { type: "string", use: "optional", description: "hardware label that the device must have" },
      },
    },
  },
  // A create copies disks. An update changes nothing but these times themselves.
  timeouts: { create: "2h", read: "20m", update: "20m", delete: "20m" },
} as const satisfies BlockSchema;

export const HOST_DEVICES = {
  description: "The PCI devices of a host that can be passed through: all of them, or those that fit every filter given.",
  attributes: {
    host_system_id: { type: "string", use: "required", description: "managed object id of the host, host-21" },
    ids: {
      type: { list: "string" },
      use: "optional",
      description: "only devices with one of these ids, vendor:device[:subvendor:subdevice]",
    },
    hardware_label: { type: "string", use: "optional", description: "only devices with this label; the empty string: without any" },
    state: {
      type: "string",
      use: "optional",
      description: "only devices whose passthrough is active, pending-reboot or disabled; or free: active, and held by no running VM",
    },
    pci_ids: { type: { list: "string" }, use: "computed", description: "PCI addresses of the devices found, sorted" },
    devices: {
      type: {
        list: {
          object: {
            pci_id: "string",
            vendor_id: "string",
            device_id: "string",
            subvendor_id: "string",
            subdevice_id: "string",
            name: "string",
            enabled: "bool",
            active: "bool",
            reboot_pending: "bool",
            hardware_label: "string",
            vm: "string",
          },
        },
      },
      use: "computed",
      description: "the devices found, by address; each with what passthru_host_device tells of it",
    },
  },
  timeouts: { read: "20m" },
} as const satisfies BlockSchema;

/** The provider's resources by their Terraform type. */
export const RESOURCES = {
  passthru_host_device: HOST_DEVICE,
  passthru_template: TEMPLATE,
} as const satisfies Readonly<Record<string, BlockSchema>>;

export type PassthruResourceType = keyof typeof RESOURCES;

/** The provider's data sources by their Terraform type. */
export const DATA_SOURCES = {
  passthru_host_devices: HOST_DEVICES,
} as const satisfies Readonly<Record<string, BlockSchema>>;

/** What an attribute holds, in Terraform's terms. */
export type AttributeType =
  | "string"
  | "number"
  | "bool"
  | { readonly list: AttributeType }
  | { readonly object: Readonly<Record<string, AttributeType>> };

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
}

export interface NestedBlockSchema extends BlockSchema {
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
    found_enabled: { type: "bool", use: "computed", stable: true, description: "the setting before this resource, which a destroy restores" },
    found_label: { type: "string", use: "computed", stable: true, description: "the label before this resource, which a destroy restores" },
  },
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
    linked_clone: { type: "bool", use: "optional", forceNew: true, description: "share the disks of the source's newest snapshot" },
    datastore_id: { type: "string", use: "optional", forceNew: true, description: "datastore of the copy; else the source's" },
    folder: { type: "string", use: "optional", forceNew: true, description: "VM folder of the copy; else the source's" },
    uuid: { type: "string", use: "computed", description: "BIOS uuid of the copy, for clone.template_uuid" },
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
} as const satisfies BlockSchema;

/** The provider's resources by their Terraform type. */
export const RESOURCES = {
  passthru_host_device: HOST_DEVICE,
  passthru_template: TEMPLATE,
} as const satisfies Readonly<Record<string, BlockSchema>>;

export type PassthruResourceType = keyof typeof RESOURCES;

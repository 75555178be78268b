/** What a block of HCL becomes in the tree that YAML and JSON spell out. */
export interface BlockKind {
  /** The key it goes to; a list, unless it can be there only once. */
  readonly to: string;
  readonly once?: true;
  /** The field that its label is. */
  readonly label?: string;
  /** The blocks it can hold. */
  readonly blocks: Readonly<Record<string, BlockKind>>;
}

const drs: BlockKind = { to: "drs", once: true, blocks: {} };
const device: BlockKind = { to: "devices", blocks: {} };
const vgpu: BlockKind = { to: "vgpus", label: "profile", blocks: {} };
const request: BlockKind = { to: "requests", blocks: {} };
const named = (to: string, blocks: BlockKind["blocks"] = {}): BlockKind => ({ to, label: "name", blocks });

const device_group = named("device_groups");

/** The blocks of an inventory in HCL. Where several go to one key, the first whose label a part has is what it is written as. */
export const FILE: BlockKind["blocks"] = {
  source: { to: "source", once: true, blocks: {} },
  cluster: named("clusters", {
    drs,
    ha: { to: "ha", once: true, blocks: {} },
    host: named("hosts", {
      device: { to: "devices", label: "address", blocks: {} },
      devices: { to: "devices", label: "id", blocks: {} },
      nvswitch: { to: "nvswitch", once: true, blocks: {} },
    }),
    vm: named("vms", { drs, holds: { to: "holds", label: "id", blocks: {} }, request, requests: request, vgpu, device_group }),
    planned: named("planned", { device, vgpu, device_group }),
    template: named("templates", { device, vgpu, device_group }),
    resource_pool: named("resource_pools"),
    host_rule: named("host_rules"),
    vm_rule: named("vm_rules"),
  }),
};

/**
 * What a change of an argument does.
 *
 * - `read`: it says what the resource is, or the gate judges it elsewhere (a request's device, a rule's name); no event of its own.
 * - `harmless`: nothing that decides where a VM starts or comes back.
 * - `live`: a VM is reconfigured and stays on.
 * - `cycle`: a VM is shut down, reconfigured and powered on.
 * - `replace`: the resource is destroyed and created; a plan says so itself.
 * - `move`: a VM is relocated at the end of its update, which a running one with passthrough devices refuses.
 * - `cluster`: hosts, DRS, HA, pools, rules or overrides are no longer what the inventory says.
 * - `not judged`: it may decide where VMs start, and the gate does not know how.
 */
export type Effect = "read" | "harmless" | "live" | "cycle" | "replace" | "move" | "cluster" | "not judged";

/** For a VM that is off: whether an update of this argument ends with the VM on, because it is reconfigured, or leaves it off. */
export type IfOff = "on" | "stays off";

/** The arguments of a resource type by effect, separated by white space; a block's name stands for all that is in it. */
export type ByEffect = { readonly [effect in Effect]?: string };

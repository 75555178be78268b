import { PciAddress, PciId } from "./pci";

/** One dynamic device a VM asks for (Dynamic DirectPath I/O): any of `allowed` (empty: every id), with `label` if given. */
export interface DynamicRequest {
  readonly kind: "dynamic";
  readonly allowed: readonly PciId[];
  /** Compared byte for byte; never the empty string, which is no label. */
  readonly label?: string;
}

/** One exact device (DirectPath I/O). `host` is the one that `host_system_id` or the inventory names. */
export interface StaticRequest {
  readonly kind: "static";
  readonly address: PciAddress;
}

export type DeviceRequest = DynamicRequest | StaticRequest;

type Kind = DeviceRequest["kind"];
type OfKind<K extends Kind> = Extract<DeviceRequest, { kind: K }>;

// Everyone tells requests apart by these: where a kind is added, each place that does stops compiling until it says what becomes of it.

/** What is made of a request, by its kind. */
export function matchRequest<T>(request: DeviceRequest, cases: { readonly [K in Kind]: (request: OfKind<K>) => T }): T {
  return (cases[request.kind] as (request: DeviceRequest) => T)(request);
}

/** The requests of some kinds; of every kind it is said whether it is among them. */
export function pickRequests<const W extends Readonly<Record<Kind, boolean>>>(
  requests: readonly DeviceRequest[],
  which: W,
): readonly OfKind<PickedKind<W>>[] {
  return requests.filter((request): request is OfKind<PickedKind<W>> => which[request.kind]);
}

type PickedKind<W extends Readonly<Record<Kind, boolean>>> = { [K in Kind]: W[K] extends true ? K : never }[Kind];

/** Whether a request is for one device of one host, so that a VM with it can be nowhere else. */
export function isOfOneHost(request: DeviceRequest): boolean {
  return matchRequest(request, { dynamic: () => false, static: () => true });
}

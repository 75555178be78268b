import { Device, DynamicRequest, isCapacity, matchesId, matchesLabel, pciIdValues } from "../../model";

/**
 * A reason why a dynamic request can't have a device, were it free. It names the fields of both that it reads, and sees no other:
 * devices that agree in all fields that some constraint reads are asked once, and so are requests.
 */
interface DeviceConstraint<R extends keyof DynamicRequest, D extends keyof Device> {
  readonly reads: { readonly request: readonly R[]; readonly device: readonly D[] };
  /** Undefined where that hangs on what is not declared. */
  readonly allows: (request: Pick<DynamicRequest, R>, device: Pick<Device, D>) => boolean | undefined;
}

const isInService = constraint({
  reads: { request: [], device: ["passthrough", "healthy", "reserved", "virtualFunctions"] },
  allows: (_, device) => isCapacity(device),
});

const hasLabel = constraint({ reads: { request: ["label"], device: ["label"] }, allows: matchesLabel });

const hasId = constraint({ reads: { request: ["allowed"], device: ["id"] }, allows: ({ allowed }, { id }) => matchesId(allowed, id) });

const CONSTRAINTS = [isInService, hasLabel, hasId] as const;

type Constraint = (typeof CONSTRAINTS)[number];
type RequestField = Constraint["reads"]["request"][number];
type DeviceField = Constraint["reads"]["device"][number];
const READ_OF_REQUEST = [...new Set(CONSTRAINTS.flatMap(({ reads }): readonly RequestField[] => reads.request))];
const READ_OF_DEVICE = [...new Set(CONSTRAINTS.flatMap(({ reads }): readonly DeviceField[] => reads.device))];

/** What a device is to a request once passthrough state and label are what they are at a moment. */
export type DeviceTraits = Pick<Device, DeviceField>;
export type RequestTraits = Pick<DynamicRequest, RequestField>;

/**
 * M1 to M5: whether a dynamic request may have a device, were it free. `undefined` where that hangs on a sub-id or
 * revision that the inventory does not declare.
 */
export function matches(request: RequestTraits, device: DeviceTraits): boolean | undefined {
  let answer: boolean | undefined = true;
  for (const { allows } of CONSTRAINTS) {
    const allowed = allows(request, device);
    if (allowed === false) return false;
    answer &&= allowed;
  }
  return answer;
}

type Value = string | number | boolean | undefined;

/** Equal for devices that no dynamic request can tell apart. */
export function deviceKey(device: DeviceTraits): readonly Value[] {
  return READ_OF_DEVICE.flatMap((field): readonly Value[] => (field === "id" ? pciIdValues(device.id) : [device[field]]));
}

/** A text that is equal for dynamic requests that ask for the same. */
export function dynamicRequestKey(request: RequestTraits): string {
  return JSON.stringify(
    READ_OF_REQUEST.map((field) =>
      field === "allowed" ? request.allowed.map((id) => pciIdValues(id).join(":")).sort() : (request[field] ?? null),
    ),
  );
}

function constraint<R extends keyof DynamicRequest, D extends keyof Device>(of: DeviceConstraint<R, D>): DeviceConstraint<R, D> {
  return of;
}

/**
 * The first `requests.length` devices, in the order given, that match the requests one to one: greedy is exact here
 * (the sets of devices that can be matched form a matroid). Undefined where there are none.
 */
export function firstDevices<R, D>(
  requests: readonly R[],
  devices: readonly D[],
  mayHave: (request: R, device: D) => boolean,
): D[] | undefined {
  const taken: D[] = [];
  const holderOf = new Map<number, D>();
  const seat = (device: D, seen: Set<number>): boolean =>
    requests.some((request, r) => {
      if (seen.has(r) || !mayHave(request, device)) return false;
      seen.add(r);
      const current = holderOf.get(r);
      if (current !== undefined && !seat(current, seen)) return false;
      holderOf.set(r, device);
      return true;
    });
  for (const device of devices) {
    if (taken.length === requests.length) break;
    if (seat(device, new Set())) taken.push(device);
  }
  return taken.length === requests.length ? taken : undefined;
}

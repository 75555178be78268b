import { DynamicRequest, Host } from "../../lib/model";
import { Features } from "./case-spec";
import { matches } from "./matching";
import { requests } from "./notation";

const ASKS = ["A", "A", "A", "A", "A", "A", "A,A", "A,A", "T", "T", "A|H", "A,T", "A,A,A", "I", "H", "any", ""];
const OPTION_ASKS = ["A", "A", "A", "", "", "", "A,A", "T", "A|H"];
const ONE_CLASS_ASKS = ["A", "A", "A", "A,A", "A,A", "A,A,A", "A,A,A,A"];
const SIZE_ASKS = ["A", "A", "A", "A,A", "A,A", "A,A,A", "A,A,A,A", "A,A,A,A,A,A,A,A", "T", "T,T", "T,T,T,T", "A,T", "A|H", "H,H,H"];
const SUB_ID_ASKS = ["S", "S", "Z", "A", "A,S", "S,Z", "A,A"];

/** Mostly what some host could give if it were empty: what no host has is soon judged. */
export function requestsFor(
  index: number,
  { subIds, sizes, oneClass, options }: Features,
  all: readonly Host[],
): readonly DynamicRequest[] {
  const list = subIds ? SUB_ID_ASKS : sizes ? SIZE_ASKS : oneClass ? ONE_CLASS_ASKS : options ? OPTION_ASKS : ASKS;
  const text = list[index % list.length]!;
  const wanted: readonly DynamicRequest[] = text === "any" ? [{ kind: "dynamic", allowed: [], label: "Training" }] : requests(text);
  const fits = (found: Host["devices"], [first, ...rest]: readonly DynamicRequest[]): boolean =>
    first === undefined ||
    found.some(
      (device) =>
        matches(first, { ...device.id, address: device.address }, device.label) &&
        fits(
          found.filter((other) => other !== device),
          rest,
        ),
    );
  const [device] = all.flatMap((host) => host.devices);
  if (subIds || index > 50 || !device || all.some((host) => host.state === "connected" && fits(host.devices, wanted))) return wanted;
  return [{ kind: "dynamic", allowed: [device.id] }];
}

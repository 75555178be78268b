import { DynamicRequest, Host } from "../../lib/model";
import { Features } from "./case-spec";
import { matches } from "./matching";
import { requests } from "./notation";

const ASKS = ["A", "A", "A", "A", "A", "A", "A,A", "A,A", "T", "T", "A|H", "A,T", "A,A,A", "I", "H", "any", ""];
const ONE_CLASS_ASKS = ["A", "A", "A", "A,A", "A,A", "A,A,A", "A,A,A,A"];
const SUB_ID_ASKS = ["S", "S", "Z", "A", "A,S", "S,Z", "A,A"];

/** Mostly what some host could give if it were empty: what no host has is soon judged. */
export function requestsFor(index: number, { subIds, oneClass }: Features, all: readonly Host[]): readonly DynamicRequest[] {
  const list = subIds ? SUB_ID_ASKS : oneClass ? ONE_CLASS_ASKS : ASKS;
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

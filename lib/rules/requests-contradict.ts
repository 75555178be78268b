import { DynamicRequest, formatPciId, pickRequests } from "../model";
import { requestsInWords } from "./words/devices-in-words";
import { PlacedVm } from "./facts/facts";
import { Rule } from "./rule";

export const requestsContradict: Rule = {
  id: "requests-contradict",
  severity: "error",
  title: "two places say different things about the devices of a VM",
  explanation:
    "A VM's devices come from its template. What the construct recorded of them, or what extra_config asks for besides, says something " +
    "else, so that one of them is not what was meant.",
  fix: "let both say the same",
  check: ({ vms, nameOf }) =>
    vms.flatMap((placed) => {
      const [first, ...others] = sayings(placed);
      return others.flatMap((other) => {
        if (first === undefined || sameRequests(first.requests, other.requests)) return [];
        const name = nameOf(placed.vm.address);
        return [{ ...placed.place, message: `${name} asks for ${inWords(first)}, but for ${inWords(other)}` }];
      });
    }),
};

interface Saying {
  readonly by: string;
  readonly requests: readonly DynamicRequest[];
}

/** What is known to be said of the VM's dynamic devices: first by the carrier that applies, then by the others. */
function sayings({ vm, resolved }: PlacedVm): readonly Saying[] {
  const { extraConfig, metadata } = vm.carriers;
  const { requests, carrier } = resolved;
  if (carrier === "none" || !requests.known) return [];
  const by = carrier === "extra-config" ? "extra_config" : carrier === "static" ? "pci_device_id" : "its template";
  const said: Saying[] = [{ by, requests: pickRequests(requests.value, { dynamic: true, static: false }) }];
  if (metadata?.known) said.push({ by: "its metadata", requests: metadata.value });
  if (carrier !== "extra-config" && carrier !== "static" && extraConfig?.known && extraConfig.value.length > 0) {
    said.push({ by: "extra_config", requests: extraConfig.value });
  }
  return said;
}

function inWords({ by, requests }: Saying): string {
  return `${requests.length === 0 ? "no dynamic device" : requestsInWords(requests)} by ${by}`;
}

function sameRequests(a: readonly DynamicRequest[], b: readonly DynamicRequest[]): boolean {
  const [left, right] = [a, b].map((requests) => requests.map(requestKey).sort());
  return JSON.stringify(left) === JSON.stringify(right);
}

function requestKey({ allowed, label }: DynamicRequest): string {
  return JSON.stringify([[...new Set(allowed.map(formatPciId))].sort(), label ?? null]);
}

import { isMade } from "./facts/asks";
import { PlacedVm } from "./facts/facts";
import { Rule } from "./rule";

export const hardwareVersionRefused: Rule = {
  id: "hardware-version-refused",
  severity: "error",
  title: "a VM's hardware version goes back, or does not exist",
  explanation:
    "Virtual hardware can only be upgraded: the vSphere provider refuses a hardware_version below that of the VM that is there, or of the " +
    "template that it is cloned from, and one that is no version (there are 4, 7 to 11, 13 to 15, and 17 to 22).",
  fix: "leave hardware_version out, or set it to that of the VM or its template at least",
  check: ({ vms, nameOf }) =>
    vms.flatMap((placed) => {
      const { address, hardwareVersion } = placed.vm;
      if (!hardwareVersion?.known || placed.vm.action === "none") return [];
      const why = refusal(placed, hardwareVersion.value);
      if (why === undefined) return [];
      return [{ ...placed.place, message: `${nameOf(address)} has hardware_version ${hardwareVersion.value}, ${why}` }];
    }),
};

const VERSIONS: readonly number[] = [4, 7, 8, 9, 10, 11, 13, 14, 15, 17, 18, 19, 20, 21, 22];

function refusal(placed: PlacedVm, version: number): string | undefined {
  const newest = Math.max(...VERSIONS);
  // A newer provider knows newer versions.
  if (version < newest && !VERSIONS.includes(version)) return "which is no version of virtual hardware";
  const [thing, now] = isMade(placed)
    ? ["its template", placed.resolved.template?.hardwareVersion]
    : ["the VM that runs", placed.running?.hardwareVersion];
  return now !== undefined && version < now ? `and ${thing} has ${now}: virtual hardware can't go back` : undefined;
}

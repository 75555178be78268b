import { Host } from "../../model";

/** What a host says of the hardware versions that it runs. */
type Versions = Pick<Host, "esxi" | "hardwareVersions">;

/** The first ESXi release for each hardware version (Broadcom KB 315655); other versions are newer than we know. */
const FIRST_RELEASE: readonly (readonly [hardwareVersion: number, esxi: string])[] = [
  [12, "0"],
  [13, "6.5"],
  [14, "6.7"],
  [15, "6.7.2"],
  [17, "7.0"],
  [18, "7.0.1"],
  [19, "7.0.2"],
  [20, "8.0"],
  [21, "8.0.2"],
  [22, "9.0"],
];

/** The oldest hardware version that can have a dynamic device. */
export const DYNAMIC_HARDWARE_VERSION = 17;

/** Whether a host runs VMs of a hardware version: as it declares, else by its ESXi release. */
export function supportsHardwareVersion(host: Versions, version: number): boolean {
  if (host.hardwareVersions) return host.hardwareVersions.includes(version);
  const row = FIRST_RELEASE.find(([known]) => known >= version);
  return row !== undefined && compareReleases(host.esxi, row[1]) >= 0;
}

/** The newest hardware version that a host runs. */
export function newestHardwareVersion(host: Versions): number {
  if (host.hardwareVersions && host.hardwareVersions.length > 0) return Math.max(...host.hardwareVersions);
  return Math.max(...FIRST_RELEASE.filter(([, esxi]) => compareReleases(host.esxi, esxi) >= 0).map(([version]) => version));
}

/** Passthrough devices a VM may have, by its hardware version and the ESXi release (Broadcom KB 309986). */
export function deviceMaximum(hardwareVersion: number, esxi: string): number {
  if (hardwareVersion >= 21) return 128;
  if (hardwareVersion === 20) return compareReleases(esxi, "8.0.1") >= 0 ? 64 : 32;
  return 16;
}

/** Compares dotted releases number by number; a missing part is 0. */
export function compareReleases(a: string, b: string): number {
  const [left, right] = [a, b].map((release) => release.split(".").map(Number)) as [number[], number[]];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return Math.sign(difference);
  }
  return 0;
}

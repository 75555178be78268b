import { newestHardwareVersion, supportsHardwareVersion } from "../compatibility";
import { hostConstraint } from "./constraint";

/** The host runs VMs of this hardware version; one that is left out is the newest that it runs. */
export const hardwareVersion = hostConstraint({
  reads: { vm: ["hardwareVersion"], host: ["esxi", "hardwareVersions"] },
  refusals: ({ hardwareVersion: version }, host) => {
    if (version === undefined || supportsHardwareVersion(host, version)) return [];
    return [{ reason: "hardware-version", requested: version, capacity: newestHardwareVersion(host) }];
  },
});

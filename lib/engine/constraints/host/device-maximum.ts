import { deviceMaximum as maximumFor, newestHardwareVersion } from "../compatibility";
import { hostConstraint } from "./constraint";

/** The most devices a VM may have, by its hardware version and the host's release. */
export const deviceMaximum = hostConstraint({
  reads: { vm: ["hardwareVersion", "deviceCount"], host: ["esxi", "hardwareVersions"] },
  refusals: ({ hardwareVersion, deviceCount }, host) => {
    const maximum = maximumFor(hardwareVersion ?? newestHardwareVersion(host), host.esxi);
    return deviceCount > maximum ? [{ reason: "device-maximum", requested: deviceCount, capacity: maximum }] : [];
  },
});

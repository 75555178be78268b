import { existsSync, readFileSync } from "node:fs";

/**
 * MB that this process had at most, resident. Linux counts `maxRSS` from before the process was itself, when it still was a copy of the
 * one that started it.
 */
export function peakMegabytes(): number {
  const status = existsSync("/proc/self/status") ? readFileSync("/proc/self/status", "utf8") : "";
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(status) ?? [];
  return Math.round(Number(kilobytes ?? process.resourceUsage().maxRSS) / 1024);
}

import { counted } from "../model";
import { admissionInWords, admissionRemedy } from "../wording";
import { Rule } from "./rule";

export const admissionControlRefuses: Rule = {
  id: "admission-control-refuses",
  severity: "note",
  refuses: ["admission-control"],
  title: "vCenter's admission control refuses the batch",
  explanation:
    "The memory of a VM with passthrough devices is reserved in full, so that HA admission control can refuse a power-on long before the " +
    "devices run out. The verdict of the power-ons takes that into account.",
  fix: "add memory, reserve less, or keep less free (host_failures_to_tolerate, percentages)",
  check: (facts) =>
    facts.judgement.clusters.flatMap((judged) => {
      const { admissionControl, capacity, name } = judged;
      if (admissionControl?.admits !== false) return [];
      const free = capacity.reduce((sum, row) => sum + row.free, 0);
      const though = free === 0 ? "" : ` though ${counted(free, "device")} ${free === 1 ? "is" : "are"} free`;
      const message = `${name}: vCenter refuses the batch (${admissionInWords(admissionControl)})${though}`;
      const [condition] = admissionControl.refusedBy ?? [];
      const { cpuPercent, memoryPercent } = admissionControl;
      return [{ ...facts.placeOf(judged), message, fix: admissionRemedy(condition, condition === "cpu" ? cpuPercent : memoryPercent) }];
    }),
};

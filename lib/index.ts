export { check, read, report } from "./check";
export type { CheckInputs, CheckOptions, ReadOptions } from "./check";
export { diskFiles } from "./disk-files";
export { judge, prepare } from "./engine";
export type { Change, Eligibility, HostEligibility, JudgeOptions, Prepared, PreparedCluster } from "./engine";
export { InputError } from "./model";
export type { Device, FailOn, Files, Finding, Host, Inventory, Judgement, Mistake, Plan, PlannedShape } from "./model";
export type { Refusal, Report, ReportCluster, Severity, Source } from "./model";

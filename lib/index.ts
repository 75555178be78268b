export { check, type CheckInputs, type CheckOptions } from "./check";
export { diskFiles } from "./disk-files";
export { type Files, type Finding, InputError, type Mistake, type Report, type ReportCluster, type Severity, type Source } from "./model";

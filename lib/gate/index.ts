export { drawInventory } from "./draw-inventory";
export { isEmptyBatch } from "./empty-batch";
export { toReport, type FailOn, type Judged } from "./to-report";

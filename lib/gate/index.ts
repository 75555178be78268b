export { drawInventory } from "./draw-inventory";
export { isEmptyBatch } from "./empty-batch";
export { toReport, type Judged } from "./to-report";

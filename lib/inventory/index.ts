export { readInventory } from "./read-inventory";
export { type InventoryFormat, writeInventory } from "./write/write-inventory";
export { type Notes } from "./write/written";

export { readInventory } from "./read-inventory";

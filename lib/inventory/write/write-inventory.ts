import { Inventory } from "../../model";
import { inventoryText } from "./inventory-text";
import { Notes, Written } from "./written";
import { writeHcl } from "./write-hcl";
import { writeJson } from "./write-json";
import { writeYaml } from "./write-yaml";

export type InventoryFormat = "hcl" | "yaml" | "json";

/**
 * Writes an inventory so that reading the text gives it again, but for the places: the same inventory gives the same bytes, in its
 * own order. What every reader fills in is left out. HCL and YAML carry `notes` as comments; JSON has none.
 *
 * Throws InputError for what a format can't say: clusters of two origins (one file has one `source`), and, in HCL, which normalises
 * every string, names that are no normalised Unicode.
 */
export function writeInventory(inventory: Inventory, format: InventoryFormat, notes: Notes = new Map()): string {
  return WRITERS[format](inventoryText(inventory, notes));
}

const WRITERS: Readonly<Record<InventoryFormat, (written: Written) => string>> = { hcl: writeHcl, yaml: writeYaml, json: writeJson };

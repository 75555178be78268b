import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readInventory } from "../../lib/inventory";
import { Files, formatMistake, InputError, Inventory } from "../../lib/model";

/** Files in memory. */
export function inMemory(contents: Readonly<Record<string, string | Uint8Array>>): Files {
  return {
    kind: (path) => (Object.hasOwn(contents, path) ? "file" : "none"),
    read: (path) => {
      const content = contents[path];
      if (content === undefined) throw InputError.at({ file: path }, "there is no such file");
      return typeof content === "string" ? new TextEncoder().encode(content) : content;
    },
    list: () => [],
  };
}

export function example(name: string): string {
  return readFileSync(join(__dirname, "../data/inventory", name), "utf8");
}

export function read(name: string, text: string | Uint8Array): Inventory {
  return readInventory(inMemory({ [name]: text }), [name]);
}

/** What is wrong with a file, a mistake a line; undefined where nothing is. */
export function mistakesIn(name: string, text: string | Uint8Array): string | undefined {
  try {
    read(name, text);
    return undefined;
  } catch (error) {
    if (error instanceof InputError) return error.mistakes.map(formatMistake).join("\n");
    throw error;
  }
}

/** An inventory without the places it was read from. */
export function withoutSources(inventory: Inventory): unknown {
  return JSON.parse(JSON.stringify(inventory.clusters, (key, value: unknown) => (key === "source" ? undefined : value)));
}

import * as fc from "../properties";
import { parseJson } from "../../lib/json";
import { Located, Places } from "../../lib/model";

/** A JSON text to be written, its keys in any order. */
type Node = string | readonly Node[] | { readonly members: readonly (readonly [string, Node])[] };

const key = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("", "__proto__", "constructor", "1", "0", '"', "\\", '": "', "a"));

const { node } = fc.letrec<{ node: Node }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom("1", "true", "null", '"a"', '"{\\"[,:"'),
    fc.array(tie("node"), { maxLength: 4 }),
    fc.uniqueArray(fc.tuple(key, tie("node")), { maxLength: 4, selector: ([name]) => name }).map((members) => ({ members })),
  ),
}));

test("places are where a writer of JSON has put the parts, whatever is asked first", () => {
  fc.assert(
    fc.property(node, fc.array(fc.constantFrom("", " ", "\n  ", "\t"), { minLength: 1 }), fc.boolean(), (tree, spaces, isLastFirst) => {
      const writer = new Writer(spaces);
      writer.write(tree);
      const located = parseJson("a.json", writer.text);
      const found: (readonly [object, Places])[] = [];
      writer.pairWith(located.value, (container, places) => found.push([container, places]));
      for (const [container, places] of isLastFirst ? found.reverse() : found) expect(located.places.get(container)).toEqual(places);
    }),
    { numRuns: 500 },
  );
});

class Writer {
  text = "";
  /** Of every object and list, in the order in which they begin. */
  private readonly places: Places[] = [];
  private spaced = 0;

  constructor(private readonly spaces: readonly string[]) {
    this.space();
  }

  write(node: Node): void {
    if (typeof node === "string") {
      this.text += node;
      return this.space();
    }
    const members = "members" in node ? node.members : node.map((item) => [undefined, item] as const);
    const places: Places = { at: this.text.length, keys: [], keyAt: [], valueAt: [] };
    this.places.push(places);
    this.put("members" in node ? "{" : "[");
    members.forEach(([name, part], index) => {
      if (index > 0) this.put(",");
      if (name !== undefined) {
        places.keys.push(name);
        places.keyAt.push(this.text.length);
        this.put(JSON.stringify(name));
        this.put(":");
      }
      places.valueAt.push(this.text.length);
      this.write(part);
    });
    this.put("members" in node ? "}" : "]");
  }

  /** Finds the objects and lists of the value that was read of the text, by the keys as they were written. */
  pairWith(value: unknown, found: (container: object, places: Places) => void): void {
    const places = this.places.values();
    const walk = (part: unknown): void => {
      if (typeof part !== "object" || part === null) return;
      const own = places.next().value!;
      found(part, own);
      if (Array.isArray(part)) part.forEach(walk);
      else for (const name of own.keys) walk((part as Record<string, unknown>)[name]);
    };
    walk(value);
  }

  private put(text: string): void {
    this.text += text;
    this.space();
  }

  private space(): void {
    this.text += this.spaces[this.spaced++ % this.spaces.length]!;
  }
}

describe("of a large file", () => {
  const count = 20_000;
  const line = (index: number) => `{"name": "vm-${index}", "disks": [${index}]}`;
  const read = (): { readonly located: Located; readonly items: readonly { disks: number[] }[] } => {
    const located = parseJson("a.json", `[\n${Array.from({ length: count }, (_, index) => line(index)).join(",\n")}\n]`);
    return { located, items: located.value as { disks: number[] }[] };
  };

  test("every part is where it is written", () => {
    const { located, items } = read();
    items.forEach((item, index) => {
      expect(located.source(item)).toEqual({ file: "a.json", line: index + 2, column: 1 });
      expect(located.valueSource(item.disks, 0).column).toBe(line(index).indexOf("[") + 2);
    });
  });
});

test("places stay as they were written, or as a reader has changed them", () => {
  const located = parseJson("a.json", '{"a": 1, "b": 2}');
  const value = located.value as Record<string, unknown>;
  delete value["a"];
  expect(located.places.get(value)!.keys).toEqual(["a", "b"]);
  located.places.get(value)!.keys[0] = "c";
  expect(located.keySource(value, "c")).toEqual({ file: "a.json", line: 1, column: 2 });
  expect(located.places.get({})).toBeUndefined();
});

test("an object has no keys but those that are written", () => {
  const value = parseJson("a.json", '{"a": {}, "__proto__": {"b": 1}}').value as Record<string, object>;
  for (const name of ["b", "constructor", "toString", "valueOf", "hasOwnProperty"]) {
    expect(name in value).toBe(false);
    expect(name in value["a"]!).toBe(false);
  }
  expect("__proto__" in value["a"]!).toBe(false);
  expect(Object.isFrozen(Object.getPrototypeOf(value))).toBe(true);
});

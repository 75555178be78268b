import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import {
  Block,
  Call,
  defineDataSource,
  defineResource,
  OperationError,
  Planned,
  Provider,
  serve,
  State,
  UNKNOWN,
} from "../../../lib/provider/plugin";

/**
 * A provider of things on a shelf, which is a folder: each thing is a file. It has one of everything that a provider can have, and
 * does what a thing's `note` tells it: to fail half-way, to be slow, to crash.
 */
const PROVIDER = {
  description: "A shelf of things.",
  attributes: {
    shelf: { type: "string", use: "required", description: "folder of the things" },
    secret: { type: "string", use: "optional", sensitive: true, description: "never shown" },
    count: { type: "number", use: "optional", description: "how many things it holds" },
  },
} as const satisfies Block;

const THING = {
  description: "A thing on the shelf.",
  attributes: {
    name: { type: "string", use: "required", forceNew: true, description: "its name" },
    note: { type: "string", use: "optional", description: "what is written on it" },
    size: { type: "number", use: "optional", default: 1, description: "how large it is" },
    fragile: { type: "bool", use: "optional-computed", description: "whether it breaks; by its size where not given" },
    tags: { type: { set: "string" }, use: "optional", description: "in no order" },
    marks: { type: { map: "string" }, use: "optional", description: "by name" },
    serial: { type: "string", use: "computed", stable: true, description: "its number, for ever" },
    revision: { type: "number", use: "computed", description: "how often it was changed" },
  },
  blocks: {
    part: {
      description: "What it is made of.",
      minItems: 0,
      attributes: {
        kinds: { type: { list: "string" }, use: "required", description: "which kinds fit" },
        count: { type: "number", use: "optional", default: 1, description: "how many" },
      },
      blocks: {
        screw: {
          description: "What holds it, in no order.",
          nesting: "set",
          minItems: 0,
          maxItems: 4,
          attributes: { length: { type: "number", use: "required", description: "millimetres" } },
        },
      },
    },
    case: {
      description: "What it comes in.",
      minItems: 0,
      maxItems: 1,
      forceNew: true,
      attributes: { colour: { type: "string", use: "required", description: "of the outside" } },
    },
  },
} as const satisfies Block;

const THINGS = {
  description: "All things.",
  attributes: {
    tag: { type: "string", use: "optional", description: "only those with it" },
    things: {
      type: { list: { object: { name: "string", size: "number", tags: { set: "string" } } } },
      use: "computed",
      description: "in the order of their names",
    },
  },
} as const satisfies Block;

type Thing = State<typeof THING>;

class Shelf {
  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true });
  }

  get(name: string): Thing | undefined {
    return existsSync(this.file(name)) ? (JSON.parse(readFileSync(this.file(name), "utf8")) as Thing) : undefined;
  }

  all(): readonly Thing[] {
    const names = readdirSync(this.folder).filter((name) => name.endsWith(".json"));
    return names.sort().map((name) => this.get(name.replace(".json", ""))!);
  }

  put(thing: Thing): Thing {
    writeFileSync(this.file(thing.name), JSON.stringify(thing));
    return thing;
  }

  remove(name: string): void {
    rmSync(this.file(name), { force: true });
  }

  /** For the tests to see what happened. */
  tell(line: string): void {
    appendFileSync(join(this.folder, "events"), `${line}\n`);
  }

  private file(name: string): string {
    return join(this.folder, `${name}.json`);
  }
}

const thing = defineResource<typeof THING, Shelf>({
  schema: THING,

  validate({ name, part }) {
    const nameless = name === "" ? [{ severity: "error" as const, summary: "a thing without a name", path: ["name"] }] : [];
    const parts = part === UNKNOWN ? [] : part;
    const odd = parts.flatMap(({ count }, index) =>
      count === 13 ? [{ severity: "warning" as const, summary: "an unlucky count", path: ["part", index, "count"] }] : [],
    );
    return [...nameless, ...odd];
  },

  plan({ planned, prior }, { client }) {
    const isReserved = client !== undefined && planned.name === "reserved";
    const reserved = isReserved ? [{ severity: "error" as const, summary: "this name is reserved", path: ["name"] }] : [];
    const shrinks = prior && typeof planned.size === "number" && planned.size < prior.size!;
    return { diagnostics: reserved, ...(shrinks && { requiresReplace: [["size"]] }) };
  },

  async create(planned, call) {
    call.client.tell(`create ${planned.name}`);
    await obeyNote(planned, call);
    const made = call.client.put(settled(planned, { serial: `serial-${planned.name}`, revision: 1 }));
    if (planned.note === "half") throw new OperationError([{ severity: "error", summary: "came half-way", path: ["note"] }], made);
    const diagnostics = planned.note === "warn" ? [{ severity: "warning" as const, summary: "handle with care" }] : [];
    return { state: made, diagnostics };
  },

  read({ name }, { client }) {
    const state = client.get(name);
    return Promise.resolve(state && { state });
  },

  async update(prior, planned, call) {
    call.client.tell(`update ${planned.name}`);
    await obeyNote(planned, call);
    return { state: call.client.put(settled(planned, { serial: prior.serial, revision: prior.revision! + 1 })) };
  },

  delete({ name, note }, { client }) {
    client.tell(`delete ${name}`);
    if (note === "stuck") throw new OperationError([{ severity: "error", summary: `${name} is stuck` }]);
    client.remove(name);
    return Promise.resolve();
  },

  import(id, { client }) {
    const state = client.get(id);
    if (!state) throw new OperationError([{ severity: "error", summary: `there is no ${id} on the shelf` }]);
    return Promise.resolve(state);
  },
});

function settled(planned: Planned<typeof THING>, told: Pick<Thing, "serial" | "revision">): Thing {
  return { ...planned, ...told, fragile: planned.fragile === UNKNOWN ? planned.size! > 10 : planned.fragile };
}

async function obeyNote({ note }: Planned<typeof THING>, { signal, log, client }: Call<Shelf>): Promise<void> {
  if (note === "fail") {
    throw new OperationError([{ severity: "error", summary: "did not work", detail: "because the note says so", path: ["note"] }]);
  }
  if (note === "bug") throw new TypeError("a mistake of the provider's");
  if (note === "crash") setImmediate(fallOver);
  if (note !== "slow" && note !== "crash") return;
  log("info", "waiting", { note });
  client.tell(`waiting as ${process.pid}`);
  await setTimeout(60_000, undefined, { signal });
}

function fallOver(): never {
  throw new Error("the provider fell over");
}

const things = defineDataSource<typeof THINGS, Shelf>({
  schema: THINGS,
  read({ tag }, { client }) {
    const all = client.all().filter(({ tags }) => tag === null || tags?.includes(tag));
    return Promise.resolve({ state: { tag, things: all.map(({ name, size, tags }) => ({ name, size, tags })) } });
  },
});

const provider: Provider<typeof PROVIDER, Shelf> = {
  schema: PROVIDER,
  validate: ({ shelf }) => (shelf === "" ? [{ severity: "error", summary: "no shelf", path: ["shelf"] }] : []),
  configure: ({ shelf }) => new Shelf(shelf),
  resources: { shelf_thing: thing },
  dataSources: { shelf_things: things },
  clean: (text) => text.replaceAll("never to be shown", "(secret)"),
  close: (shelf) => Promise.resolve(shelf.tell("close")),
};

void serve("shelf", provider);

import { blockType } from "../../../lib/provider/plugin/dynamic-value";
import { keptState } from "../../../lib/provider/plugin/kept-state";
import { planBySchema } from "../../../lib/provider/plugin/plan";
import type { Block } from "../../../lib/provider/plugin";
import { sentSchema } from "../../../lib/provider/plugin/sent-schema";
import { checkTimeouts, inTime, TimeIsUp } from "../../../lib/provider/plugin/timeouts";

const BLOCK = {
  description: "A thing.",
  attributes: {
    name: { type: "string", use: "required", forceNew: true, description: "its name" },
    revision: { type: "number", use: "computed", description: "how often it was changed" },
  },
  timeouts: { create: "50ms", delete: "1h" },
} as const satisfies Block;

const signal = new AbortController().signal;
/** How long it ran, in milliseconds, until it was told to end; what for. */
const untilAborted = (limited: AbortSignal): Promise<unknown> =>
  new Promise((resolve) => limited.addEventListener("abort", () => resolve(limited.reason)));

it.each(["1h30m", "20m", "1.5h", ".5s", "300ms", "+1m", "1h1m1s1ms1us1µs1ns", "168h"])("%s is a duration", (create) => {
  expect(checkTimeouts(BLOCK, { timeouts: { create, delete: null } })).toEqual([]);
});

it.each(["", "0", "0s", "-1m", "20", "20 m", "m", "1d", "169h", "1e3s", "٣m", `${"9".repeat(400)}h`, "1m".repeat(10_000)])(
  "%s is none, which is said at its place",
  (create) => {
    expect(checkTimeouts(BLOCK, { timeouts: { create, delete: null } })).toEqual([
      {
        severity: "error",
        summary: "timeouts.create is no duration",
        detail: "Expected a duration up to 168h, as Go writes it: 30s, 20m, 1h30m.",
        path: ["timeouts", "create"],
      },
    ]);
  },
);

it("an operation ends when its time is up: what is given, else what is usual", async () => {
  for (const timeouts of [{ create: "30ms", delete: null }, null]) {
    const reason = await inTime(BLOCK, "create", { timeouts }, signal, untilAborted);
    expect(reason).toBeInstanceOf(TimeIsUp);
    expect((reason as Error).message).toContain(
      `it took longer than ${timeouts?.create ?? "50ms"}; give it more with timeouts { create = "…" }`,
    );
  }
});

it("an interrupt ends it, too, and an operation without a limit runs on", async () => {
  const user = new AbortController();
  const ended = inTime(BLOCK, "delete", {}, user.signal, untilAborted);
  user.abort("interrupted");
  expect(await ended).toBe("interrupted");
  expect(await inTime(BLOCK, "read", {}, signal, (same) => Promise.resolve(same === signal))).toBe(true);
});

it("Terraform is told a single nested block", () => {
  expect(sentSchema(BLOCK).block?.block_types).toEqual([
    {
      type_name: "timeouts",
      nesting: 1,
      block: {
        description: "How long operations may take, as durations like 30m.",
        attributes: [
          expect.objectContaining({ name: "create", optional: true, required: false }),
          expect.objectContaining({ name: "delete" }),
        ],
      },
    },
  ]);
  expect(blockType(BLOCK)).toEqual({
    object: { name: "string", revision: "number", timeouts: { object: { create: "string", delete: "string" } } },
  });
});

it("another timeout alone replaces nothing and makes nothing unknown", () => {
  const prior = { name: "a", revision: 3, timeouts: null };
  const timeouts = { create: "5m", delete: null };
  expect(planBySchema(BLOCK, prior, { name: "a", revision: null, timeouts })).toEqual({
    planned: { ...prior, timeouts },
    requiresReplace: [],
  });
  expect(planBySchema(BLOCK, prior, { name: "a", revision: null, timeouts: null }).planned).toBe(prior);
});

describe("a state", () => {
  const kept = (state: object) => keptState(BLOCK, { json: Buffer.from(JSON.stringify(state)) });

  it("of before there were timeouts has none", () => {
    expect(kept({ name: "a", revision: 3 })).toEqual({ fields: { name: "a", revision: 3, timeouts: null }, diagnostics: [] });
  });

  it.each([[], "x", { create: true }, { create: ["1m"] }])("with spoiled timeouts loses them: %j", (timeouts) => {
    const { fields, diagnostics } = kept({ name: "a", revision: 3, timeouts });
    expect(fields).toEqual({ name: "a", revision: 3, timeouts: null });
    expect(diagnostics).toHaveLength(1);
  });

  it("with a duration that is none can be read and deleted, and what is made is refused", async () => {
    const config = { timeouts: { create: "soon", delete: "soon" } };
    expect(await inTime(BLOCK, "delete", config, signal, () => Promise.resolve("deleted"))).toBe("deleted");
    await expect(inTime(BLOCK, "create", config, signal, () => Promise.resolve("made"))).rejects.toThrow("timeouts.create is no duration");
  });
});

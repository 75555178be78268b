import { DeviceEvent } from "../../../lib/engine/compile/device-events";
import { SettledEvents } from "../../../lib/engine/witness/settled-events";

const event = (id: string, after: readonly string[] = [], afterStacks: readonly string[] = []): DeviceEvent =>
  ({ id, after, afterStacks }) as unknown as DeviceEvent;

/** What happens at once, and then after each of these. */
test.each<[title: string, events: readonly DeviceEvent[], after: readonly string[], happened: readonly (readonly string[])[]]>([
  ["nothing", [], ["v"], [[], []]],
  ["what waits for nothing", [event("a"), event("b")], [], [["a", "b"]]],
  ["what waits for a VM", [event("a", ["v"])], ["w", "v"], [[], [], ["a"]]],
  ["once only", [event("a", ["v"])], ["v", "v"], [[], ["a"], []]],
  ["what waits for two", [event("a", ["v", "w"])], ["v", "w"], [[], [], ["a"]]],
  ["for one of them twice over", [event("a", ["v"], ["v"])], ["v"], [[], ["a"]]],
  ["one after the other at once", [event("b", ["a"]), event("a")], [], [["a", "b"]]],
  [
    "a chain behind a VM, in the order in which it can be",
    [event("c", ["b"]), event("b", ["a"]), event("a", ["v"])],
    ["v"],
    [[], ["a", "b", "c"]],
  ],
])("%s", (_, events, after, happened) => {
  const settled = new SettledEvents(events);
  const ids = (found: readonly DeviceEvent[]): readonly string[] => found.map(({ id }) => id);
  expect([ids(settled.atOnce()), ...after.map((id) => ids(settled.after(id)))]).toEqual(happened);
});

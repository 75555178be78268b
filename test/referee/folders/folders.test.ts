import { describeWhere } from "../../e2e/rig";
import * as fc from "../../properties";
import { Referee } from "../referee";
import { compare, Disagreement } from "./compare";
import { factsOfPlan, readFolder } from "./facts";
import { folderOf } from "./folder";
import { catalogue, folders } from "./generate";
import { Kind, Mark, withoutMarks } from "./tables";
import type { Unit } from "./unit";

/**
 * Folders as people write them, planned by Terraform and read by us: each VM that the plan has, and no other, with each attribute that
 * matters, is what our reader says, or our reader says that it does not know and why.
 *
 * values.hcl and layouts.hcl have the ways to write them. The catalogue tries each alone; random folders put them together. What is
 * marked there is known to disagree, and has to be mended: a mark of a kind that agrees fails, UPDATE_GOLDEN=1 takes it away.
 */
describeWhere(["terraform"], "a folder means what Terraform plans", () => {
  let referee: Referee;
  beforeAll(async () => {
    referee = await Referee.start();
  });
  afterAll(() => referee.stop());

  describe("each way to write something", () => {
    const units = catalogue();
    let found: ReadonlyMap<Unit, readonly Disagreement[]>;
    const of = (kind: Kind): readonly Disagreement[] => units.get(kind)!.flatMap((unit) => found.get(unit)!);

    beforeAll(async () => {
      found = await disagreements(referee, [...units.values()].flat());
      if (process.env["UPDATE_GOLDEN"] === "1") withoutMarks([...units.keys()].filter((kind) => of(kind).length === 0));
    });

    test.each([...units.keys()].map((kind) => [kind.name, kind] as const))("%s", (_, kind) => {
      const mark = worst(of(kind));
      if (mark === kind.mark || (kind.mark === "~" && mark === "?")) return;
      throw new Error([`marked "${kind.mark}", and found "${mark}"`, ...of(kind).map(sentence)].join("\n"));
    });
  });

  describe.each([
    ["without modules", false, 12],
    ["with modules", true, 12],
  ])("random folders %s", (_, modules, count) => {
    test.each(fc.cases(folders(modules), count).map((units, at) => [at, units] as const))("%i", async (_at, units) => {
      const all = await disagreements(referee, units);
      const unknown = units.flatMap((unit) =>
        all
          .get(unit)!
          .filter((each) => !isKnown(each, unit))
          .map((each) => [unit, each] as const),
      );
      const says = unknown.map(([unit, each]) =>
        [sentence(each), ...[...unit.files].map(([file, text]) => `--- ${file}\n${text}`)].join("\n"),
      );
      expect(says).toEqual([]);
    });
  });
});

/** What is found of each unit, all planned together. Where our reader refuses the whole, it is given the units one by one. */
async function disagreements(referee: Referee, units: readonly Unit[]): Promise<ReadonlyMap<Unit, readonly Disagreement[]>> {
  const folder = folderOf(units);
  const planned = await referee.plan(folder);
  if ("refusal" in planned) throw new Error(`Terraform refuses what was written for it:\n${planned.refusal}`);
  const theirs = factsOfPlan(planned.plan);
  const whole = readFolder(folder);
  return new Map(
    units.map((unit) => {
      const ours = typeof whole === "string" ? readFolder(folderOf([unit])) : whole;
      if (typeof ours === "string") return [unit, [{ mark: "!", address: "", says: `is refused: ${ours}` }]];
      const isOwn = (address: string): boolean => address.includes(`.${unit.prefix}`);
      const own = { ...ours, vms: ours.vms.filter(({ address }) => isOwn(address)) };
      return [unit, compare(new Map([...theirs].filter(([address]) => isOwn(address))), own)];
    }),
  );
}

function worst(all: readonly Disagreement[]): Mark {
  return all.some(({ mark }) => mark === "!") ? "!" : all.length > 0 ? "?" : "";
}

/** Whether one of the kinds that have a part in it is marked. */
function isKnown({ mark, attribute }: Disagreement, unit: Unit): boolean {
  const kinds = (attribute === undefined ? undefined : unit.kindsOf.get(attribute)) ?? unit.kinds;
  return [...kinds].some((kind) => kind.mark === "!" || (kind.mark !== "" && mark === "?"));
}

function sentence({ mark, address, attribute, says }: Disagreement): string {
  return `${mark} ${address}${attribute === undefined ? "" : `: ${attribute}`}: ${says}`;
}

import * as fc from "../../properties";
import { Kind, LAYOUT_KINDS, VALUE_KINDS, VALUE_TYPES, ValueType } from "./tables";
import { Draft, makeUnit, Unit } from "./unit";

/** Each kind alone: a layout with literals, a way to give a value in one VM for each type of value. */
export function catalogue(): ReadonlyMap<Kind, readonly Unit[]> {
  const literal = VALUE_KINDS[0]!;
  const plain = LAYOUT_KINDS.find(({ name }) => name === "one attribute")!;
  return new Map<Kind, readonly Unit[]>([
    ...LAYOUT_KINDS.map(
      (layout, at) => [layout, [makeUnit(`l${at}_`, layout, (_, place) => ({ literal: place, ways: [literal] }))]] as const,
    ),
    ...VALUE_KINDS.map((kind, at) => {
      const ways = kind.isInnermost ? [kind] : [literal, kind];
      const unit = (type: ValueType): Unit => makeUnit(`v${at}${type}_`, onlyWith(plain, type), () => ({ literal: at, ways }));
      return [kind, kind.types.map(unit)] as const;
    }),
  ]);
}

/** Of the layout's attributes the one that holds a value of the type. */
function onlyWith(layout: Kind, type: ValueType): Kind {
  const text = layout.files.get("main.tf")!.split("\n");
  const others = VALUE_TYPES.filter((each) => each !== type).map((each) => each.toUpperCase());
  const kept = text.filter((line) => !others.some((other) => line.endsWith(`= ${other}`)));
  return { ...layout, files: new Map([["main.tf", kept.join("\n")]]) };
}

/** Folders of five units, in which values are given in up to four ways, one inside the other; `modules`: some of it in modules. */
export function folders(modules: boolean): fc.Arbitrary<readonly Unit[]> {
  const layouts = LAYOUT_KINDS.filter(({ hasModule }) => modules || !hasModule);
  const values = VALUE_KINDS.filter(({ hasModule }) => modules || !hasModule);
  const draft = fc.tuple(fc.nat(), fc.nat(), fc.array(fc.nat(), { maxLength: 3 }));
  const unit = fc.tuple(fc.constantFrom(...layouts), fc.array(draft, { minLength: 8, maxLength: 8 }));
  return fc.array(unit, { minLength: 5, maxLength: 5 }).map((all) =>
    all.map(([layout, drafts], at) =>
      makeUnit(`u${at}_`, layout, (type, place): Draft => {
        const [literal, innermost, outer] = drafts[place % drafts.length]!;
        const fitting = values.filter(({ types }) => types.includes(type));
        const [first, rest] = [fitting.filter(({ isInnermost }) => isInnermost), fitting.filter(({ isInnermost }) => !isInnermost)];
        return { literal, ways: [first[innermost % first.length]!, ...outer.map((each) => rest[each % rest.length]!)] };
      }),
    ),
  );
}

import { known, PlanVm, PoolPlace, PoolRef, poolOf, ResourcePool, unknown } from "../../lib/model";
import { planVm, source } from "../rules/builders";

const pool = (name: string, parent?: string, id?: string): ResourcePool => ({
  name,
  ...(parent !== undefined && { parent }),
  ...(id !== undefined && { id }),
  expandable: true,
  source,
});
const [x, y, p, alone] = [pool("x"), pool("y", undefined, "resgroup-7"), pool("p", "x"), pool("alone")];
const declared = [x, y, p, alone];

const at = (path: string, fromRoot = true): PoolRef => ({ path: path.split("/"), fromRoot, isMade: false });
const is = (found: ResourcePool): PoolPlace => ({ pool: found, isUndeclared: false });
const inside = (around?: ResourcePool): PoolPlace => ({ ...(around && { pool: around }), isUndeclared: true });

test.each<[string, PoolRef, PoolPlace]>([
  ["a pool at the root", at("x"), is(x)],
  ["a pool by its path", at("x/p"), is(p)],
  ["a pool of the same name under another parent", at("y/p"), inside(y)],
  ["a pool of the same name at the root", at("p"), inside()],
  ["a pool under one whose parent the inventory leaves out", at("team/alone"), is(alone)],
  ["a pool by its name alone", at("p", false), is(p)],
  ["a pool by the end of its path", at("x/p", false), is(p)],
  ["a pool by its name and a parent that is another", at("y/p", false), inside(y)],
  ["a pool that is not declared", at("q"), inside()],
  ["a pool that is not declared, inside one that is", at("x/p/q/r"), inside(p)],
])("%s is told by its path", (_, ref, expected) => {
  expect(poolOf(planVm("a", { resourcePool: known(ref) }), declared)).toEqual(known(expected));
});

test.each<[string, Partial<PlanVm>, readonly ResourcePool[], ReturnType<typeof poolOf>]>([
  ["the root pool", {}, declared, known(undefined)],
  ["an id that the inventory declares", { cluster: known({ by: "id", id: "resgroup-7" }) }, declared, known(is(y))],
  [
    "a pool in one by its id",
    { cluster: known({ by: "id", id: "resgroup-7" }), resourcePool: known(at("q", false)) },
    declared,
    known(inside(y)),
  ],
  ["what is not known", { resourcePool: unknown("${var.pool}") }, declared, unknown("${var.pool}")],
  ["what is not known, where no pool binds", { resourcePool: unknown("${var.pool}") }, [], known(undefined)],
])("a VM's pool is %s", (_, vm, pools, expected) => {
  expect(poolOf(planVm("a", vm), pools)).toEqual(expected);
});

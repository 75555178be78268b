import { Maintenance } from "../../lib/model";
import { compare, namesOf } from "./failover";
import { Problem } from "./problem";
import { isUsableHost } from "./refusals";
import { evacuations } from "./restarts";
import { State } from "./state";

/** F6: for each usable host, what must stay down while it is away, by the best course from the worst placement. */
export function maintenanceOf(problem: Problem, placements: readonly State[], maxStates = Infinity): Maintenance {
  const { losses } = evacuations(problem, maxStates);
  const blocked = problem.hosts.flatMap((host, index) => {
    if (!isUsableHost(problem, index)) return [];
    const smallest = placements.flatMap((placement) => {
      const courses = losses(placement, [index]).map((bodies) => namesOf({ bodies }));
      const size = Math.min(...courses.map((down) => down.length));
      return courses.filter((down) => down.length === size);
    });
    const largest = Math.max(...smallest.map((down) => down.length));
    const [down] = smallest.filter(({ length }) => length === largest).sort(compare);
    return down && largest > 0 ? [{ host: host.name, down }] : [];
  });
  return { blocked: blocked.sort((a, b) => (a.host < b.host ? -1 : 1)) };
}

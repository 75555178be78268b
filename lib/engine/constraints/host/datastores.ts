import { pathEnds } from "../../../model";
import { hostConstraint } from "./constraint";

/** The host has the VM's datastores, where both sides declare them: a stack may write an inventory path, whose last part is the name. */
export const datastores = hostConstraint({
  reads: { vm: ["datastores"], host: ["datastores"] },
  refusals: ({ datastores: wanted }, { datastores: mounted }) =>
    mounted
      ? wanted
          .filter((name) => ![name, ...pathEnds(name)].some((end) => mounted.includes(end)))
          .map((name) => ({ reason: "datastore", name }))
      : [],
});

import { pathEnds } from "../../../model";
import { hostConstraint } from "./constraint";

/** The host has the VM's networks, where both sides declare them: a stack may write an inventory path, whose last part is the name. */
export const networks = hostConstraint({
  reads: { vm: ["networks"], host: ["networks"] },
  refusals: ({ networks: wanted }, { networks: connected }) =>
    connected
      ? wanted
          .filter((name) => ![name, ...pathEnds(name)].some((end) => connected.includes(end)))
          .map((name) => ({ reason: "network", name }))
      : [],
});

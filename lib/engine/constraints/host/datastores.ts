import { hostConstraint } from "./constraint";

/** The host has the VM's datastores, where both sides declare them. */
export const datastores = hostConstraint({
  reads: { vm: ["datastores"], host: ["datastores"] },
  refusals: ({ datastores: wanted }, { datastores: mounted }) =>
    mounted ? wanted.filter((name) => !mounted.includes(name)).map((name) => ({ reason: "datastore", name })) : [],
});

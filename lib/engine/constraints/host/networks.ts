import { hostConstraint } from "./constraint";

/** The host has the VM's networks, where both sides declare them. */
export const networks = hostConstraint({
  reads: { vm: ["networks"], host: ["networks"] },
  refusals: ({ networks: wanted }, { networks: connected }) =>
    connected ? wanted.filter((name) => !connected.includes(name)).map((name) => ({ reason: "network", name })) : [],
});

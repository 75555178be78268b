import { env } from "node:process";
import { PROVIDER_CONFIG } from "../schema";
import { connect, isServer } from "../vsphere";
import { whyRefused } from "./checked-texts";
import { Client } from "./client";
import { Diagnostic, OperationError, State } from "./plugin";

type Environment = Readonly<Record<string, string | undefined>>;

const MINUTE = 60_000;

/**
 * The client that a provider block describes. What the block leaves out comes from the environment variables of the vSphere
 * provider, so that both are configured once.
 *
 * @throws OperationError with every value that is missing or wrong
 */
export function configure(config: State<typeof PROVIDER_CONFIG>, variables: Environment = env): Client {
  const mistakes: Diagnostic[] = [];
  const refuse = (path: keyof typeof config, summary: string, detail: string): void => {
    mistakes.push({ severity: "error", summary, detail, path: [path] });
  };
  const text = (name: "vsphere_server" | "user" | "password"): string => {
    const variable = VARIABLES[name];
    const value = config[name] ?? variables[variable] ?? "";
    if (value === "") refuse(name, `${name} is not set`, `Give ${name} in the provider block, or set ${variable}.`);
    const why = whyRefused(value);
    if (why !== undefined)
      refuse(name, `${name} ${why}`, `Check ${name} in the provider block, or ${variable}: was it read from a file with a line end?`);
    return value;
  };
  const minutes = (name: "api_timeout" | "vim_keep_alive", usual: number, least: number): number => {
    const given = config[name] ?? variables[VARIABLES[name]];
    const value = given === undefined || given === "" ? usual : Number(given);
    if (!(value >= least && value <= LONGEST))
      refuse(name, `${name} is no number of minutes`, `Expected a number from ${least} to ${LONGEST}.`);
    return value * MINUTE;
  };
  const options = {
    server: text("vsphere_server"),
    user: text("user"),
    password: text("password"),
    allowUnverifiedSsl: config.allow_unverified_ssl ?? flag(variables[VARIABLES.allow_unverified_ssl], refuse),
    timeout: minutes("api_timeout", 5, 0.01),
    keepAlive: minutes("vim_keep_alive", 10, 0),
  };
  if (options.server !== "" && !isServer(options.server)) {
    refuse(
      "vsphere_server",
      "vsphere_server is not a server's name",
      "Expected a host name or address, with a port where it is not 443: vc.lab or vc.lab:8443",
    );
  }
  if (mistakes.length > 0) throw new OperationError(mistakes);
  return new Client(connect(options));
}

const VARIABLES = {
  vsphere_server: "VSPHERE_SERVER",
  user: "VSPHERE_USER",
  password: "VSPHERE_PASSWORD",
  allow_unverified_ssl: "VSPHERE_ALLOW_UNVERIFIED_SSL",
  api_timeout: "VSPHERE_API_TIMEOUT",
  vim_keep_alive: "VSPHERE_VIM_KEEP_ALIVE",
} as const satisfies Record<keyof (typeof PROVIDER_CONFIG)["attributes"], string>;

/** A week: what a timer can hold. */
const LONGEST = 10_080;

/** The spellings that the vSphere provider understands (Go, strconv.ParseBool). */
const TRUE = ["1", "t", "T", "true", "TRUE", "True"];
const FALSE = ["", "0", "f", "F", "false", "FALSE", "False"];

function flag(value: string | undefined, refuse: (path: "allow_unverified_ssl", summary: string, detail: string) => void): boolean {
  if (value === undefined || FALSE.includes(value)) return false;
  if (!TRUE.includes(value))
    refuse("allow_unverified_ssl", "VSPHERE_ALLOW_UNVERIFIED_SSL is neither true nor false", "Expected true or false.");
  return TRUE.includes(value);
}

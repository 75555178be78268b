import type { Block } from "./schema";
import type { Config, Planned, State } from "./values";

/** Where in a configuration: names of attributes and blocks, indices of lists, keys of maps. */
export type AttributePath = readonly (string | number)[];

/** What Terraform shows the user, at the attribute where there is a path. It is cleaned on its way. */
export interface Diagnostic {
  readonly severity: "error" | "warning";
  /** One short line. */
  readonly summary: string;
  /** What was found, what was wanted, how to mend it. */
  readonly detail?: string;
  readonly path?: AttributePath;
}

/**
 * The failure of an operation, as the user is to read it. With `reached`, Terraform keeps that state: what a create that failed
 * half-way has made (Terraform then holds it tainted), or how far an update came. Without, a create has made nothing and an
 * update has changed nothing.
 */
export class OperationError<S = unknown> extends Error {
  constructor(
    readonly diagnostics: readonly Diagnostic[],
    readonly reached?: S,
  ) {
    super(diagnostics.map(({ summary }) => summary).join("; "));
  }
}

/** What every operation gets. */
export interface Call<C> {
  /** What the provider's `configure` made. */
  readonly client: C;
  /** Aborted when the user interrupts: give up as soon as the state is true, by throwing an OperationError. */
  readonly signal: AbortSignal;
  /** Goes to Terraform's log (TF_LOG_PROVIDER). Never a secret. */
  readonly log: Log;
}

export type Log = (
  level: "trace" | "debug" | "info" | "warn" | "error",
  message: string,
  fields?: Readonly<Record<string, unknown>>,
) => void;

/** A state that was reached, perhaps with warnings. */
export interface Outcome<S extends Block> {
  readonly state: State<S>;
  readonly diagnostics?: readonly Diagnostic[];
}

/** What is about to be planned. */
export interface Change<S extends Block> {
  /** Undefined for a create. */
  readonly prior: State<S> | undefined;
  /** As the user wrote it. */
  readonly config: Config<S>;
  /** By the schema's rules: defaults in, computed values unknown unless stable; equal to prior where nothing changes. */
  readonly planned: Config<S>;
}

/** The resource's own say in a plan, on top of the schema's rules. */
export interface PlanAnswer<S extends Block> {
  /** @default - the change's own; may differ from it in computed values only */
  readonly planned?: Config<S>;
  /** More attributes that can't be changed in place. */
  readonly requiresReplace?: readonly AttributePath[];
  readonly diagnostics?: readonly Diagnostic[];
}

/**
 * A kind of thing that Terraform manages, in one file: its schema and its operations. Any operation may throw an OperationError;
 * whatever else is thrown is reported as a bug. Operations of several resources run at the same time.
 */
export interface Resource<S extends Block, C> {
  readonly schema: S;
  /** What is wrong with a configuration as such. Unknown values are no mistake. */
  validate?(config: Config<S>): readonly Diagnostic[];
  /**
   * Looks at a create, or an update that changes something, as the schema's rules have planned it. The client is missing where
   * the provider's own configuration is not known yet. What looks like a create can be the second half of a replacement: the old
   * one is still there then.
   */
  plan?(change: Change<S>, call: Partial<Pick<Call<C>, "client">> & Omit<Call<C>, "client">): PlanAnswer<S> | Promise<PlanAnswer<S>>;
  create(planned: Planned<S>, call: Call<C>): Promise<Outcome<S>>;
  /** Undefined where it is no more. */
  read(prior: State<S>, call: Call<C>): Promise<Outcome<S> | undefined>;
  update(prior: State<S>, planned: Planned<S>, call: Call<C>): Promise<Outcome<S>>;
  /** Succeeds where it is no more. Throws with `reached` where something is left that differs from prior. */
  delete(prior: State<S>, call: Call<C>): Promise<readonly Diagnostic[] | void>;
  /** The state of what is there by that name; it is read before Terraform keeps it. */
  import?(id: string, call: Call<C>): Promise<State<S>>;
}

/** Something that is only looked at. Computed values of the answer are all known. */
export interface DataSource<S extends Block, C> {
  readonly schema: S;
  validate?(config: Config<S>): readonly Diagnostic[];
  read(config: Planned<S>, call: Call<C>): Promise<Outcome<S>>;
}

export interface Provider<S extends Block, C> {
  /** Its configuration. */
  readonly schema: S;
  validate?(config: Config<S>): readonly Diagnostic[];
  /** Makes the client; talks to nobody yet, because Terraform configures providers that it then does not use. */
  configure(config: State<S>, call: Omit<Call<C>, "client">): C;
  readonly resources: Readonly<Record<string, Resource<Block, C>>>;
  readonly dataSources: Readonly<Record<string, DataSource<Block, C>>>;
  /** What may be shown of a text of which parts are foreign: on one line, nothing that a terminal obeys, no secret, not too long. */
  readonly clean: (text: string) => string;
  /** At the end, within a second: log out. Not called for a client that was never made. */
  close?(client: C): Promise<void>;
}

import { setInterval, clearInterval } from "node:timers";
import { Connection } from "./connection";
import { VsphereError, VsphereFault } from "./errors";
import { Reference } from "./reference";
import { withRetries } from "./retry";
import { readServiceContent, retrieveServiceContent, ServiceContent } from "./service-content";
import { keepSecret } from "./secrets";
import { Call, envelope, openEnvelope } from "./soap";
import { optionalChild, optionalText } from "./values";
import { unlessAborted } from "./waiting";
import { Allowance, node, XmlElement } from "./xml";

export interface SessionOptions {
  readonly user: string;
  readonly password: string;
  /** Milliseconds between calls that keep an idle session alive; 0 for none. */
  readonly keepAlive: number;
}

interface LoggedIn {
  readonly content: ServiceContent;
  readonly cookie: string;
}

/** An idle session lives half an hour, one that is used for ever: more than anything takes, and far from what vCenter bears. */
const MOST_LOGINS = 100;
/** How long a log-out may take: the program is about to end. */
const LOGOUT_TIMEOUT = 800;

/** Calls to one vCenter by one user: logs in with the first, once again where the session has expired, and out at the end. */
export class Session {
  private readonly closed = new AbortController();
  private login: Promise<LoggedIn> | undefined;
  private logins = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly connection: Connection,
    private readonly options: SessionOptions,
  ) {
    keepSecret(options.password);
  }

  /**
   * Makes the call that `of` describes, which may need to know what vCenter's own objects are called.
   *
   * @throws VsphereError
   * @throws the signal's reason where it is aborted
   */
  async call(of: (content: ServiceContent) => Call, signal: AbortSignal, allowance = new Allowance()): Promise<XmlElement> {
    const first = this.loggedIn();
    const { content, cookie } = await unlessAborted(first, signal);
    try {
      return await this.send(of(content), content.version, cookie, signal, allowance);
    } catch (error) {
      if (!(error instanceof VsphereFault) || error.type !== "NotAuthenticated") throw error;
    }
    // The call was refused, not made: it may be made again. Only the first of many that find the session expired logs in.
    if (this.login === first) this.login = undefined;
    const renewed = await unlessAborted(this.loggedIn(), signal);
    return this.send(of(renewed.content), renewed.content.version, renewed.cookie, signal, allowance);
  }

  /** What tells this vCenter from others: its own id, or the name that it was given by where it tells none. */
  async identity(signal: AbortSignal): Promise<string> {
    const { content } = await unlessAborted(this.loggedIn(), signal);
    return content.instanceUuid ?? this.connection.server;
  }

  /** Logs out, and ends whatever still runs. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    const login = this.login;
    this.login = undefined;
    if (login) await this.logOut(login).catch(() => undefined);
    this.closed.abort(new VsphereError("the connection to vCenter was closed"));
    this.connection.close();
  }

  /**
   * A failed log-in stays failed: a hundred resources that each try a wrong password would lock the account, and each wait in turn
   * for a vCenter that is gone.
   */
  private loggedIn(): Promise<LoggedIn> {
    return (this.login ??= this.logIn(this.closed.signal));
  }

  private async logIn(signal: AbortSignal): Promise<LoggedIn> {
    if (this.logins++ === MOST_LOGINS)
      throw new VsphereError(`vCenter has ended ${MOST_LOGINS} sessions of this program's; what ends them?`);
    const { user, password, keepAlive } = this.options;
    const content = readServiceContent(await this.send(retrieveServiceContent, undefined, undefined, signal));
    const call: Call = {
      on: content.sessionManager,
      method: "Login",
      parameters: [node("userName", user), node("password", password), node("locale", "en_US")],
      repeatable: false,
    };
    const { element, cookie } = await this.answer(call, content.version, undefined, signal);
    // The password again, so that it is never the oldest of many secrets.
    for (const secret of [password, sessionId(cookie), sessionKey(element)]) keepSecret(secret);
    if (!cookie) throw new VsphereError("vCenter accepted the log-in and gave no session; does a proxy drop its cookies?");
    if (keepAlive > 0) this.timer ??= setInterval(() => this.stayAlive(), keepAlive).unref();
    return { content, cookie };
  }

  /** Like any call, it renews the session where it has expired; where it fails, the next real call tells why. */
  private stayAlive(): void {
    this.call(({ serviceInstance }) => ({ on: serviceInstance, method: "CurrentTime", repeatable: true }), this.closed.signal).catch(
      () => undefined,
    );
  }

  private async logOut(login: Promise<LoggedIn>): Promise<void> {
    const signal = AbortSignal.timeout(LOGOUT_TIMEOUT);
    const { content, cookie } = await unlessAborted(login, signal);
    const call: Call = { on: content.sessionManager, method: "Logout", repeatable: false };
    await this.send(call, content.version, cookie, signal);
  }

  private async send(
    call: Call,
    version: string | undefined,
    cookie: string | undefined,
    signal: AbortSignal,
    allowance?: Allowance,
  ): Promise<XmlElement> {
    return (await this.answer(call, version, cookie, signal, allowance)).element;
  }

  private answer(
    call: Call,
    version: string | undefined,
    cookie: string | undefined,
    signal: AbortSignal,
    allowance?: Allowance,
  ): Promise<{ readonly element: XmlElement; readonly cookie?: string }> {
    const headers = {
      SOAPAction: `urn:vim25/${version ?? "6.7"}`,
      ...(cookie === undefined ? {} : { Cookie: cookie }),
    };
    const once = async () => {
      const answer = await this.connection.post(envelope(call), headers, signal, allowance);
      const element = openEnvelope(answer, call, inWords(call));
      return { element, ...(answer.cookie === undefined ? {} : { cookie: answer.cookie }) };
    };
    return withRetries(once, call.repeatable, signal);
  }
}

/** What a session is known by; a server that gives a part of a common word for one must not hide half of what we say. */
const SHORTEST_ID = 8;

function sessionId(cookie = ""): string {
  const id = cookie.replace(/^[^=]*=/, "").replaceAll('"', "");
  return id.length < SHORTEST_ID ? "" : id;
}

function sessionKey(response: XmlElement): string {
  const user = optionalChild(response, "returnval");
  const key = (user && optionalText(user, "key")) ?? "";
  return key.length < SHORTEST_ID ? "" : key;
}

function inWords({ method, on }: Call): string {
  if (method === "Login") return "the log-in";
  return `${method} on ${inWordsOf(on)}`;
}

function inWordsOf({ type, id }: Reference): string {
  return type === id ? type : `${type} ${id}`;
}

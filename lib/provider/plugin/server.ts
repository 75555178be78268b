import { Server, ServerCredentials, ServerUnaryCall, sendUnaryData, status } from "@grpc/grpc-js";
import { dataSourceMethods } from "./data-source-methods";
import { codecOf, Message, MessageName } from "./messages";
import { METHODS, Methods, Request, Response } from "./methods";
import { providerMethods } from "./provider-methods";
import { resourceMethods } from "./resource-methods";
import type { Session } from "./session";

/** As much as Terraform itself takes and sends. */
const MAX_MESSAGE_BYTES = 256 * 1024 * 1024;

/**
 * Everything that Terraform calls. What is not served (functions, ephemeral resources, moves, health) is answered with
 * UNIMPLEMENTED, as Terraform expects of a provider that has none.
 */
export function providerServer<C>(session: Session<C>, { called, shutdown }: Readonly<Record<"called" | "shutdown", () => void>>): Server {
  const server = new Server({ "grpc.max_receive_message_length": MAX_MESSAGE_BYTES, "grpc.max_send_message_length": MAX_MESSAGE_BYTES });
  const methods: Methods = { ...providerMethods(session), ...resourceMethods(session), ...dataSourceMethods(session) };
  for (const name of METHODS) {
    // Each method's request and response belong together, which TypeScript can't follow over a list of them.
    const method = methods[name] as (request: Request<typeof name>) => Promise<Response<typeof name>>;
    const { clean } = session.provider;
    const cleaned = async (request: Request<typeof name>) => {
      called();
      return cleanedResponse(await method(request), clean);
    };
    serve(server, `/tfplugin6.Provider/${name}`, [`${name}.Request`, `${name}.Response`], cleaned, clean);
  }
  const end = (): Message<"Empty"> => {
    shutdown();
    return {};
  };
  serve(server, "/plugin.GRPCController/Shutdown", ["Empty", "Empty"], end, session.provider.clean);
  return server;
}

type Clean = (text: string) => string;

/** Here, where every answer passes, so that no diagnostic can be forgotten. */
function cleanedResponse<A extends object>(response: A & { readonly diagnostics?: readonly Message<"Diagnostic">[] }, clean: Clean): A {
  if (!response.diagnostics) return response;
  const diagnostics = response.diagnostics.map((diagnostic) => ({
    ...diagnostic,
    summary: clean(diagnostic.summary ?? ""),
    detail: clean(diagnostic.detail ?? ""),
  }));
  return { ...response, diagnostics };
}

/** Listens on this machine only, and returns the port. */
export function listen(server: Server, credentials: ServerCredentials): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", credentials, (error, port) => (error ? reject(error) : resolve(port)));
  });
}

function serve<Q extends MessageName, A extends MessageName>(
  server: Server,
  path: string,
  [request, response]: readonly [Q, A],
  method: (request: Message<Q>) => Message<A> | Promise<Message<A>>,
  clean: Clean,
): void {
  const handle = async (call: ServerUnaryCall<Message<Q>, Message<A>>, answer: sendUnaryData<Message<A>>) => {
    try {
      answer(null, await method(call.request));
    } catch (error) {
      answer({ code: status.INVALID_ARGUMENT, details: clean(error instanceof Error ? error.message : String(error)) });
    }
  };
  server.register(
    path,
    (call: ServerUnaryCall<Message<Q>, Message<A>>, answer: sendUnaryData<Message<A>>) => void handle(call, answer),
    codecOf(response).encode,
    codecOf(request).decode,
    "unary",
  );
}

import { mkdtempSync, rmSync } from "node:fs";
import {
  createServer,
  type Http2Session,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from "node:http2";
import { tmpdir } from "node:os";
import path from "node:path";
import { type GrpcAnswer, passAnswer, sendAnswer, wholeAnswer } from "./grpc-answer";
import { ADDRESS, type ProviderProcess, startProvider } from "./provider-process";
import { schemaOfStacks } from "./schema-of-stacks";

const PROVIDER = "/tfplugin5.Provider/";
/** What precedes a message of gRPC: whether it is compressed, and its length. */
const PREFIX = 5;

/** A provider that one Terraform command uses. */
interface Lease {
  readonly provider: Promise<ProviderProcess>;
  /** Calls without an answer. */
  open: number;
  /** The command was interrupted, so the provider has been told to stop. */
  stopped: boolean;
}

/** By program. Each provider gives the same answer. */
const schemas = new Map<string, Promise<GrpcAnswer>>();

/**
 * Running AWS providers for Terraform commands with the same environment. Each command has one for
 * itself and each provider block, which the next one configures again: starting a provider takes as
 * long as most commands. A command that ended in the middle of a call leaves its provider to no other.
 */
export class ProviderPool {
  private readonly folder = mkdtempSync(path.join(tmpdir(), "providers-"));
  private readonly server = createServer();
  private readonly leases = new Map<Http2Session, Lease>();
  private readonly all = new Set<Promise<ProviderProcess>>();
  private idle: Promise<ProviderProcess>[] = [];

  /** @param env of the providers: endpoint and credentials are read from it */
  constructor(
    private readonly program: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {
    this.server.on("session", (session) => session.on("error", () => undefined));
    this.server.on("stream", (stream, headers) => this.serve(stream, headers));
    this.server.listen(this.socket);
  }

  /** The value of `TF_REATTACH_PROVIDERS`. */
  get reattach(): string {
    const Addr = { Network: "unix", String: this.socket };
    return JSON.stringify({
      [ADDRESS]: { Protocol: "grpc", ProtocolVersion: 5, Pid: process.pid, Test: true, Addr },
    });
  }

  async stop(): Promise<void> {
    for (const session of this.leases.keys()) session.destroy();
    this.server.close();
    await Promise.all([...this.all].map((provider) => this.end(provider)));
    rmSync(this.folder, { recursive: true, force: true });
  }

  private get socket(): string {
    return path.join(this.folder, "socket");
  }

  private serve(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): void {
    stream.on("error", () => undefined);
    const call = headers[":path"] ?? "";
    // The plugin's output and its calls back: this provider has none.
    if (!call.startsWith(PROVIDER)) {
      stream.respond({ ":status": 200, "content-type": "application/grpc" });
      return;
    }
    const { session } = stream;
    if (session === undefined) return;
    const lease = this.leaseOf(session);
    if (call === `${PROVIDER}GetSchema`) {
      stream.resume();
      const known = schemas.get(this.program) ?? this.askSchema(lease, headers);
      schemas.set(this.program, known);
      known.then(
        (answer) => sendAnswer(stream, answer),
        () => stream.close(),
      );
      return;
    }
    if (call === `${PROVIDER}Stop`) lease.stopped = true;
    lease.open += 1;
    lease.provider.then(
      ({ connection }) => {
        const request = connection.request({ ...headers });
        stream.pipe(request);
        stream.on("close", () => request.close());
        passAnswer(request, stream, () => {
          lease.open -= 1;
        });
      },
      () => stream.close(),
    );
  }

  private async askSchema({ provider }: Lease, headers: IncomingHttpHeaders): Promise<GrpcAnswer> {
    const { connection } = await provider;
    const request = connection.request({ ...headers });
    // The message has no field.
    request.end(Buffer.alloc(PREFIX));
    const answer = await wholeAnswer(request);
    const schema = schemaOfStacks(answer.body.subarray(PREFIX));
    const prefix = Buffer.alloc(PREFIX);
    prefix.writeUInt32BE(schema.length, 1);
    return { ...answer, body: Buffer.concat([prefix, schema]) };
  }

  private leaseOf(session: Http2Session): Lease {
    const known = this.leases.get(session);
    if (known !== undefined) return known;
    const provider = this.idle.pop() ?? startProvider(this.program, this.env);
    this.all.add(provider);
    const lease: Lease = { provider, open: 0, stopped: false };
    this.leases.set(session, lease);
    session.on("close", () => {
      this.leases.delete(session);
      if (lease.open === 0 && !lease.stopped) this.idle.push(provider);
      else void this.end(provider);
    });
    return lease;
  }

  private async end(provider: Promise<ProviderProcess>): Promise<void> {
    this.all.delete(provider);
    await provider.then(
      ({ stop }) => stop(),
      () => undefined,
    );
  }
}

import { mkdtempSync, rmSync } from "node:fs";
import {
  createServer,
  type Http2Session,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from "node:http2";
import { tmpdir } from "node:os";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { awsProviderAddress, type Product } from "../../../lib/terraform/product";
import { type GrpcAnswer, passAnswer, sendAnswer, wholeAnswer } from "./grpc-answer";
import { type ProviderProcess, startProvider } from "./provider-process";
import { schemaOfStacks } from "./schema-of-stacks";
import { storedSchema } from "./stored-schema";

const PROVIDER = "/tfplugin5.Provider/";
/** What precedes a message of gRPC: whether it is compressed, and its length. */
const PREFIX = 5;

/** A running provider. */
interface Running {
  readonly process: Promise<ProviderProcess>;
  /** The request that has configured it last. */
  configuration?: Buffer;
  /** The connections of Terraform that have configured it. */
  readonly users: Set<Http2Session>;
  /** A command ended in the middle of a call, or has told the provider to stop. */
  isSpent: boolean;
}

/** By program. Each provider gives the same answer. */
const schemas = new Map<string, Promise<GrpcAnswer>>();

/**
 * Running AWS providers for Terraform commands with the same environment: starting one takes as
 * long as most commands. A provider has one configuration at a time: commands at the same time
 * share it only if they configure it alike.
 */
export class ProviderPool {
  private readonly folder = mkdtempSync(path.join(tmpdir(), "providers-"));
  private readonly server = createServer();
  private readonly running = new Set<Running>();
  private readonly configured = new Map<Http2Session, Running>();
  private sessions = 0;

  /** @param env of the providers: endpoint and credentials are read from it */
  constructor(
    private readonly program: string,
    private readonly env: NodeJS.ProcessEnv,
    private readonly product: Product,
  ) {
    this.server.on("session", (session) => {
      session.on("error", () => undefined);
      this.sessions += 1;
      session.on("close", () => {
        this.sessions -= 1;
        this.leave(session);
      });
    });
    this.server.on("stream", (stream, headers) => {
      stream.on("error", () => undefined);
      this.serve(stream, headers).catch(() => stream.close());
    });
    this.server.listen(this.socket);
  }

  /** The value of `TF_REATTACH_PROVIDERS`. */
  get reattach(): string {
    const Addr = { Network: "unix", String: this.socket };
    return JSON.stringify({
      [awsProviderAddress(this.product)]: {
        Protocol: "grpc",
        ProtocolVersion: 5,
        Pid: process.pid,
        Test: true,
        Addr,
      },
    });
  }

  /** A command is connected. */
  get isUsed(): boolean {
    return this.sessions > 0;
  }

  async stop(): Promise<void> {
    this.server.close();
    await Promise.all([...this.running].map((one) => this.end(one)));
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Sends SIGKILL to the providers, so that none can end what it does. */
  async kill(): Promise<void> {
    await Promise.all([...this.running].map(async (one) => (await one.process).kill()));
  }

  private get socket(): string {
    return path.join(this.folder, "socket");
  }

  private async serve(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): Promise<void> {
    const call = headers[":path"] ?? "";
    const { session } = stream;
    // The plugin's output and its calls back: this provider has none.
    if (session === undefined || !call.startsWith(PROVIDER)) {
      stream.respond({ ":status": 200, "content-type": "application/grpc" });
      return;
    }
    const message = await buffer(stream);
    if (call === `${PROVIDER}GetSchema`) {
      sendAnswer(stream, await this.schema(headers, message));
      return;
    }
    // Before it is configured, a provider only checks what it is asked: any one can.
    const used =
      call === `${PROVIDER}Configure`
        ? this.configure(session, message)
        : (this.configured.get(session) ?? this.any());
    if (call === `${PROVIDER}Stop`) used.isSpent = true;
    const { connection } = await used.process;
    let isAnswered = false;
    const request = connection.request({ ...headers });
    stream.on("close", () => {
      if (!isAnswered) used.isSpent = true;
      request.close();
    });
    passAnswer(request, stream, () => {
      isAnswered = true;
    });
    request.end(message);
  }

  private schema(headers: IncomingHttpHeaders, message: Buffer): Promise<GrpcAnswer> {
    const known =
      schemas.get(this.program) ?? storedSchema(this.program, () => this.askSchema(headers, message));
    schemas.set(this.program, known);
    return known;
  }

  private async askSchema(headers: IncomingHttpHeaders, message: Buffer): Promise<GrpcAnswer> {
    const { connection } = await this.any().process;
    const request = connection.request({ ...headers });
    request.end(message);
    const answer = await wholeAnswer(request);
    const schema = schemaOfStacks(answer.body.subarray(PREFIX));
    const prefix = Buffer.alloc(PREFIX);
    prefix.writeUInt32BE(schema.length, 1);
    return { ...answer, body: Buffer.concat([prefix, schema]) };
  }

  private any(): Running {
    const [first] = [...this.running].filter(({ isSpent }) => !isSpent);
    return first ?? this.start();
  }

  private configure(session: Http2Session, configuration: Buffer): Running {
    const usable = [...this.running].filter(({ isSpent }) => !isSpent);
    const used =
      usable.find((one) => one.configuration?.equals(configuration)) ??
      usable.find(({ users }) => users.size === 0) ??
      this.start();
    used.configuration = configuration;
    used.users.add(session);
    this.configured.set(session, used);
    return used;
  }

  private leave(session: Http2Session): void {
    const used = this.configured.get(session);
    this.configured.delete(session);
    used?.users.delete(session);
    if (used?.isSpent === true && used.users.size === 0) void this.end(used);
  }

  private start(): Running {
    const started: Running = {
      process: startProvider(this.program, this.env),
      users: new Set(),
      isSpent: false,
    };
    this.running.add(started);
    return started;
  }

  private async end(one: Running): Promise<void> {
    this.running.delete(one);
    await one.process.then(
      ({ stop }) => stop(),
      () => undefined,
    );
  }
}

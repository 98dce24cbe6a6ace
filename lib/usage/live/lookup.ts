import type { LookupEventsCommandInput, LookupEventsCommandOutput } from "@aws-sdk/client-cloudtrail";

export type Attribute = "EventName" | "AccessKeyId";

/** One call of LookupEvents. */
export type LookUp = (
  input: LookupEventsCommandInput,
) => Promise<Pick<LookupEventsCommandOutput, "Events" | "NextToken">>;

/**
 * "The rate of lookup requests is limited to two per second, per account, per Region." (API
 * Reference)
 */
const INTERVAL_MS = 500;

/** A time that passes; replaced in tests. */
export interface Clock {
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<void>;
}

/** Asks LookupEvents of one account and region, no more often than AWS answers. */
export class RegionLookUp {
  #next = 0;

  constructor(
    private readonly lookUp: LookUp,
    private readonly since: Date,
    private readonly clock: Clock,
  ) {}

  /** The events with an attribute, as their JSON, from page to page. */
  async *events(attribute: Attribute, value: string): AsyncIterable<string> {
    let token: string | undefined;
    do {
      const due = this.#next - this.clock.now();
      if (due > 0) await this.clock.wait(due);
      this.#next = this.clock.now() + INTERVAL_MS;
      const page = await this.lookUp({
        LookupAttributes: [{ AttributeKey: attribute, AttributeValue: value }],
        StartTime: this.since,
        MaxResults: 50,
        ...(token === undefined ? {} : { NextToken: token }),
      });
      for (const { CloudTrailEvent: event } of page.Events ?? []) if (event !== undefined) yield event;
      token = page.NextToken;
    } while (token !== undefined);
  }
}

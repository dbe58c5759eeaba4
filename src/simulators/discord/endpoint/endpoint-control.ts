/** The Interactions Endpoint URL of the developer portal. */
export interface EndpointControl {
  /** Where interactions are sent; `undefined` while they go over the gateway. */
  url(): string | undefined;
  /**
   * Sets the address, as the developer portal does: rejects unless a PING is answered with a PONG,
   * and one with a wrong signature with 401. `undefined` returns to the gateway.
   */
  set(url: string | undefined): Promise<void>;
  /**
   * One of Discord's routine checks: sends a PING with a wrong signature. Where it is not answered
   * with 401, the address is removed and `false` returned.
   */
  check(): Promise<boolean>;
}

/** How the endpoint answered an interaction. */
export interface PostedInteraction {
  readonly interactionId: string;
  /** 0 without an answer within 3 s. */
  readonly status: number;
  /** Why the interaction failed; `undefined` if it did not. */
  readonly problem: string | undefined;
}

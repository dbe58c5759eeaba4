/** Something that was done to the bot on purpose. */
export interface Incident {
  /** `create:cut`, `upload:401`, `disturbance:kill` … */
  readonly what: string;
  /** The label of the command it was done to; `undefined` when it was done to the whole round. */
  readonly label?: string;
}

/** What a round did to the bot: the possible causes of outcomes, and the count of troubles. */
export interface Incidents {
  readonly all: readonly Incident[];
  record(what: string, label?: string): void;
}

export function createIncidents(): Incidents {
  const all: Incident[] = [];
  return {
    all,
    record(what, label) {
      all.push(label === undefined ? { what } : { what, label });
    },
  };
}

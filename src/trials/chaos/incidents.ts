/** Something that was done to the bot on purpose. */
export interface Incident {
  /** `create:cut`, `upload:401`, `gust:kill` … */
  readonly what: string;
  /** The take it was done to; absent: no single one. */
  readonly take?: string;
}

/** The round's own memory of its doing: what may excuse an end, and what is counted. */
export interface Incidents {
  readonly all: readonly Incident[];
  note(what: string, take?: string): void;
}

export function createIncidents(): Incidents {
  const all: Incident[] = [];
  return {
    all,
    note(what, take) {
      all.push(take === undefined ? { what } : { what, take });
    },
  };
}

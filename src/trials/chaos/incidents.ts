import type { SentCommand } from './sent-command.ts';

/** Something that was done to the bot on purpose. */
export interface Incident {
  /** `create:cut`, `upload:401`, `disturbance:kill` … */
  readonly what: string;
  /** The label of the command it was done to; `undefined` when it was done to the whole round. */
  readonly label?: string;
  /** The interaction, if it is known which of those with this label it was done to. */
  readonly interactionId?: string;
  /** Real time, in milliseconds; `undefined` if it is not known. */
  readonly atMs?: number;
}

/** The command that something was done to; a provider's request shows nothing but its label. */
export type Concerned = Pick<SentCommand, 'label'> & Partial<Pick<SentCommand, 'handle'>>;

/** What a round did to the bot: the possible causes of outcomes, and the count of troubles. */
export interface Incidents {
  readonly all: readonly Incident[];
  record(what: string, concerned?: Concerned): void;
}

export function createIncidents(): Incidents {
  const all: Incident[] = [];
  return {
    all,
    record(what, concerned) {
      const { label, handle } = concerned ?? {};
      all.push({
        what,
        atMs: Date.now(),
        ...(label === undefined ? {} : { label }),
        ...(handle === undefined ? {} : { interactionId: handle.id }),
      });
    },
  };
}

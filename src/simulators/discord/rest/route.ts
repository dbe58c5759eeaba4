import type { Simulation } from '../simulation.ts';
import type { Answer, ApiRequest } from './request.ts';

/** A request to a route. */
export interface Call {
  readonly request: ApiRequest;
  /** Returns a parameter of the path by its name in the pattern, or an empty string. */
  readonly parameter: (name: string) => string;
  readonly sim: Simulation;
}

/** A route of the REST API. */
export interface Route {
  readonly method: string;
  /** The path below `/api/v10`. */
  readonly pattern: string;
  /** `bot` requires the bot's token. */
  readonly auth: 'bot' | 'none';
  handle(call: Call): Answer;
}

export function ok(body: unknown): Answer {
  return { status: 200, body };
}

/** A 204. It has no content type, because discord.js would then parse the empty body. */
export const NO_CONTENT: Answer = { status: 204 };

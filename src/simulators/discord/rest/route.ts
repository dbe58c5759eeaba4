import type { Simulation } from '../simulation.ts';
import type { Answer, ApiRequest } from './request.ts';

/** One call of a route. */
export interface Call {
  readonly request: ApiRequest;
  /** A part of the path that the pattern names. */
  readonly parameter: (name: string) => string;
  readonly sim: Simulation;
}

export interface Route {
  readonly method: string;
  /** Below `/api/v10`. */
  readonly pattern: string;
  /** `bot`: refused without the bot's token. */
  readonly auth: 'bot' | 'none';
  handle(call: Call): Answer;
}

export function ok(body: unknown): Answer {
  return { status: 200, body };
}

/** 204; a content type here would make discord.js parse an empty body. */
export const NO_CONTENT: Answer = { status: 204 };

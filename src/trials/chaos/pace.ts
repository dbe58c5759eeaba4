import type { Extent } from './script.ts';

/** How long a round is, and how much the bot has to bear in it. */
export interface Pace extends Extent {
  /** A bot that never lives long enough would end nothing: kills, stops and hand-overs together. */
  readonly mostEnds: number;
  /** How often the first process may also be killed between two writes, from 0 to 1. */
  readonly storeKillChance: number;
  /** How often a bot that could go on by itself is killed once more in the end, from 0 to 1. */
  readonly lastKillChance: number;
  /** How often it is killed while unconfirmed charges are ended, from 0 to 1. */
  readonly deskKillChance: number;
  /** For so long a bot that lived through it goes on by itself, then it is started anew; in milliseconds. */
  readonly patienceMs: number;
}

export const FULL: Pace = {
  videos: { least: 6, more: 6 },
  bursts: { least: 0, more: 1 },
  cancels: { least: 1, more: 2 },
  clicks: { least: 2, more: 3 },
  gusts: { least: 3, more: 5 },
  holdEnds: { least: 0, more: 2 },
  restoreChance: 0.3,
  longestPauseMs: 400,
  mostEnds: 3,
  storeKillChance: 0.7,
  lastKillChance: 0.5,
  deskKillChance: 0.3,
  patienceMs: 6000,
};

/** For the tests: the same kinds of trouble in less time. */
export const BRIEF: Pace = {
  videos: { least: 4, more: 2 },
  bursts: { least: 0, more: 1 },
  cancels: { least: 0, more: 1 },
  clicks: { least: 1, more: 1 },
  gusts: { least: 1, more: 2 },
  holdEnds: { least: 0, more: 1 },
  restoreChance: 0.3,
  longestPauseMs: 200,
  mostEnds: 1,
  storeKillChance: 0.3,
  lastKillChance: 0.15,
  deskKillChance: 0.15,
  patienceMs: 2500,
};

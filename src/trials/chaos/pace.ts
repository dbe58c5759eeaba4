import type { Extent } from './script.ts';

/** The length of a round and the amount of trouble in it. */
export interface Pace extends Extent {
  /** Kills, stops and hand-overs together; with too many of them the bot would finish nothing. */
  readonly maxEnds: number;
  /** The chance that the first process may also be killed between two writes, from 0 to 1. */
  readonly storeKillChance: number;
  /** The chance that a bot that could continue is killed once more at the end, from 0 to 1. */
  readonly lastKillChance: number;
  /** The chance that it is killed while unconfirmed charges are ended, from 0 to 1. */
  readonly holdKillChance: number;
  /** How long the bot may take to finish at the end before it is restarted, in milliseconds. */
  readonly patienceMs: number;
}

export const FULL: Pace = {
  videos: { min: 6, extra: 6 },
  bursts: { min: 0, extra: 1 },
  cancels: { min: 1, extra: 2 },
  queued: { min: 0, extra: 2 },
  clicks: { min: 2, extra: 3 },
  edits: { min: 1, extra: 2 },
  seconds: { min: 2, extra: 3 },
  menus: { min: 0, extra: 2 },
  undos: { min: 0, extra: 1 },
  shares: { min: 2, extra: 3 },
  forgets: { min: 0, extra: 1 },
  libraryChance: 0.5,
  names: { min: 1, extra: 2 },
  nameUses: { min: 2, extra: 2 },
  nameRemovals: { min: 0, extra: 1 },
  namesChance: 0.5,
  disturbances: { min: 3, extra: 5 },
  companyDisturbances: { min: 3, extra: 3 },
  holdEnds: { min: 0, extra: 2 },
  restoreChance: 0.3,
  maxPauseMs: 400,
  maxEnds: 3,
  storeKillChance: 0.7,
  lastKillChance: 0.5,
  holdKillChance: 0.3,
  patienceMs: 6000,
};

/** The same kinds of trouble in less time, for the tests. */
export const BRIEF: Pace = {
  videos: { min: 4, extra: 2 },
  bursts: { min: 0, extra: 1 },
  cancels: { min: 0, extra: 1 },
  queued: { min: 0, extra: 1 },
  clicks: { min: 1, extra: 1 },
  edits: { min: 0, extra: 1 },
  seconds: { min: 2, extra: 1 },
  menus: { min: 0, extra: 1 },
  undos: { min: 0, extra: 1 },
  shares: { min: 2, extra: 2 },
  forgets: { min: 0, extra: 1 },
  libraryChance: 0.5,
  names: { min: 0, extra: 1 },
  nameUses: { min: 1, extra: 2 },
  nameRemovals: { min: 0, extra: 1 },
  namesChance: 0.5,
  disturbances: { min: 1, extra: 2 },
  companyDisturbances: { min: 1, extra: 2 },
  holdEnds: { min: 0, extra: 1 },
  restoreChance: 0.3,
  maxPauseMs: 200,
  maxEnds: 1,
  storeKillChance: 0.3,
  lastKillChance: 0.15,
  holdKillChance: 0.15,
  patienceMs: 2500,
};

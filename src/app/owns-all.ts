import { ALL_SLOTS } from '../domain/slots.ts';
import { createStopSignal } from './stop-signal.ts';
import type { Ownership, OwnershipSource, Tenure } from './ports/ownership-port.ts';

const ALWAYS: Tenure = {
  mayAct: () => true,
  isOver: () => false,
  lost: createStopSignal().signal,
  during: async (work) => work(),
};

/** The ownership of the only process on a store, where nothing is taken up or let go. */
export const OWNS_ALL: Ownership = {
  owns: () => true,
  tenureOf: () => ALWAYS,
  served: () => [...ALL_SLOTS],
  isFirst: () => true,
};

/** Gives all slots to the only process on a store, for good. */
export const GIVES_ALL: OwnershipSource = {
  isValidFor: () => true,
  begin: async (changes) => changes.onGained([...ALL_SLOTS]),
};

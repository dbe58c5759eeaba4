import type { ButtonFacts } from '../../src/discord/render/task-buttons.ts';

/** A bot that can neither continue a video nor make a better one, and cancels none at a provider. */
export const NO_FACTS: ButtonFacts = {
  canContinue: false,
  canImprove: () => false,
  canCancel: () => false,
};

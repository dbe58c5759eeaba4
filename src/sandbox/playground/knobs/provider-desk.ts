import type { SimulatedProviders } from '../../../simulators/providers/simulated-providers.ts';
import { turnKnob } from '../../../simulators/providers/turn-knob.ts';
import type { Knobs, Provider, ProviderMood } from '../protocol/knobs.ts';
import { PROVIDER_MOODS } from './provider-moods.ts';

/** Turns the providers' knobs and remembers in which mood each is. */
export interface ProviderDesk {
  state(): Knobs['providers'];
  setMood(provider: Provider, mood: ProviderMood): void;
  setTime(provider: Provider, ms: number): void;
  /** Throws a ZodError at anything that is no turn. */
  turn(provider: Provider, turn: unknown): void;
}

export function createProviderDesk({ knobs }: SimulatedProviders): ProviderDesk {
  const moods: Record<Provider, ProviderMood | 'custom'> = { jimmy: 'done', anyfast: 'done' };
  const stateOf = (provider: Provider) => ({
    mood: moods[provider],
    taskMs: knobs[provider].taskMs,
  });
  return {
    state: () => ({ jimmy: stateOf('jimmy'), anyfast: stateOf('anyfast') }),
    setMood(provider, mood) {
      for (const turn of [{ knob: 'reset' }, ...PROVIDER_MOODS[mood]]) {
        turnKnob(knobs[provider], turn);
      }
      moods[provider] = mood;
    },
    setTime(provider, ms) {
      turnKnob(knobs[provider], { knob: 'taskMs', ms });
    },
    turn(provider, turn) {
      turnKnob(knobs[provider], turn);
      moods[provider] = 'custom';
    },
  };
}

import type { ProviderKnobs } from '../../../simulators/providers/knob.ts';
import type { SimulatedProviders } from '../../../simulators/providers/simulated-providers.ts';
import { turnKnob } from '../../../simulators/providers/turn-knob.ts';
import type { Knobs, Provider, ProviderMood } from '../protocol/knobs.ts';
import { SANDBOX_CATALOGUE } from '../sandbox-catalogue.ts';
import { PROVIDER_MOODS } from './provider-moods.ts';

/** Turns the simulated providers' knobs and remembers each provider's mood. */
export interface ProviderControls {
  state(): Knobs['providers'];
  setMood(provider: Provider, mood: ProviderMood): void;
  setTime(provider: Provider, ms: number): void;
  /** Turns one knob as tests do; throws a ZodError if `turn` is invalid. */
  turn(provider: Provider, turn: unknown): void;
}

/** Returns the controls of the simulated providers; each starts in the mood `done`. */
export function createProviderControls({ knobs }: SimulatedProviders): ProviderControls {
  const simulated: ReadonlyMap<Provider, ProviderKnobs> = new Map(Object.entries(knobs));
  const moods = new Map<Provider, ProviderMood | 'custom'>();
  const knobsOf = (provider: Provider): ProviderKnobs => {
    const found = simulated.get(provider);
    if (found === undefined) throw new Error(`${provider} is not simulated`);
    return found;
  };
  return {
    state: () =>
      Object.fromEntries(
        SANDBOX_CATALOGUE.providers
          .filter(({ id }) => simulated.has(id))
          .map(({ id, name }) => [
            id,
            { name, mood: moods.get(id) ?? 'done', taskMs: knobsOf(id).taskMs },
          ]),
      ),
    setMood(provider, mood) {
      for (const turn of [{ knob: 'reset' }, ...PROVIDER_MOODS[mood]]) {
        turnKnob(knobsOf(provider), turn);
      }
      moods.set(provider, mood);
    },
    setTime(provider, ms) {
      turnKnob(knobsOf(provider), { knob: 'taskMs', ms });
    },
    turn(provider, turn) {
      turnKnob(knobsOf(provider), turn);
      moods.set(provider, 'custom');
    },
  };
}

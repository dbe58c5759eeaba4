import type { Guard } from './worker-world.ts';

/** A process that ends for good at its nth effect: before it took hold, or before its answer. */
export function dyingAt(nth: number, when: 'before' | 'after') {
  let effects = 0;
  let isDead = false;
  const never = new Promise<never>(() => undefined);
  const guard: Guard = async (_name, effect) => {
    if (isDead) return never;
    effects += 1;
    if (effects !== nth) {
      const answer = await effect();
      return isDead ? never : answer;
    }
    isDead = true;
    if (when === 'after') await effect();
    return never;
  };
  return { guard, isDead: () => isDead };
}

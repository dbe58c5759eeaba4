import { describe, it } from 'vitest';
import { casesFor, whyLeftOut } from './play-cases.ts';
import type { ProviderUnderTest } from './provider-under-test.ts';
import { onScene } from './scene.ts';

/** Tests everything that a provider promises, against its own simulation. */
export function describeContract(under: ProviderUnderTest): void {
  describe(`the contract with ${under.descriptor.name}`, () => {
    describe.each(Object.entries(casesFor(under)))('%s', (_group, cases) => {
      it.for(cases.map((one) => [one.name, one] as const))('%s', async ([, one], { skip }) => {
        const reason = whyLeftOut(one, under);
        if (reason !== undefined) skip(reason);
        await onScene(under, one.check);
      });
    });
  });
}

import { CASES } from './all-cases.ts';
import type { ContractCase } from './contract-case.ts';
import { exampleCases } from './examples.ts';
import { lackOf } from './lack-of.ts';
import type { ProviderUnderTest } from './provider-under-test.ts';
import { onScene } from './scene.ts';

/** All cases of a provider by group: those that every provider has, and its documented answers. */
export function casesFor({
  documents,
}: Pick<ProviderUnderTest, 'documents'>): Readonly<Record<string, readonly ContractCase[]>> {
  return { ...CASES, 'answers of its documents': exampleCases(documents) };
}

/** Why a case does not apply to a provider: its documents lack what the case needs, or an exception. */
export function whyLeftOut(
  { name, needs }: ContractCase,
  { descriptor, exceptions = {} }: ProviderUnderTest,
): string | undefined {
  return exceptions[name] ?? (needs === undefined ? undefined : lackOf(descriptor, needs));
}

/** The names of those cases that a provider fails. */
export async function failedCases(
  under: ProviderUnderTest,
  cases: readonly ContractCase[],
): Promise<string[]> {
  const failed: string[] = [];
  for (const one of cases) {
    if (whyLeftOut(one, under) !== undefined) continue;
    try {
      await onScene(under, one.check);
    } catch {
      failed.push(one.name);
    }
  }
  return failed;
}

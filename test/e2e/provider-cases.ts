import { prompt } from './provider-limits.table.ts';
import type { VideoOptions } from './provider-limits.table.ts';

/** What is sent for a call that a model takes. */
export type Row = readonly [
  model: string,
  what: string,
  options: VideoOptions,
  expected: Readonly<Record<string, unknown>>,
];

/** The options that the refusal of a call names. */
export type Refusal = readonly [
  model: string,
  what: string,
  options: VideoOptions,
  faultOptions: readonly string[],
];

/** The cases of `provider-bodies.table.ts` by the rows of one provider. */
export function casesOf(
  provider: string,
  source: string,
  { taken, refused }: { readonly taken: readonly Row[]; readonly refused: readonly Refusal[] },
) {
  return [
    ...taken.map(([model, what, options, expected]) => ({
      name: `${provider}/${model} takes ${what}`,
      command: { model: `${provider}/${model}`, prompt, ...options },
      expected,
      source,
    })),
    ...refused.map(([model, what, options, faultOptions]) => ({
      name: `${provider}/${model} refuses ${what}`,
      command: { model: `${provider}/${model}`, prompt, ...options },
      expected: 'refused' as const,
      faultOptions,
      source,
    })),
  ];
}

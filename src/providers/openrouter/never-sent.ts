import type { NeverSent } from '../never-sent.ts';

const PAGE = 'OpenRouter, video generation';
const field = (name: string, why: string): NeverSent => ({
  kind: 'field',
  name,
  why,
  source: PAGE,
});

/** What OpenRouter's documents name and the bot never sends. */
export const OPENROUTER_NEVER_SENT: readonly NeverSent[] = [
  field('size', 'says the same as resolution and aspect_ratio'),
  field('seed', '/video has no such option'),
  field('input_references', 'the list does not say which models take any'),
  field('provider', '/video has no such options'),
  field('callback_url', 'the bot polls and needs no public address'),
];

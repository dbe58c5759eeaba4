import type { HttpAnswer } from '../../src/providers/exchange.ts';

/** An answer as the JSON client returns it: a string unchanged, anything else as JSON. */
export function answer(status: number, body: unknown): HttpAnswer {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { kind: 'answer', status, body: { kind: 'text', text } };
}

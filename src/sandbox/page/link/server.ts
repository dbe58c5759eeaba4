import type { ActRequest, ActResult } from '../../playground/protocol/actions.ts';
import type { KnobResult, KnobTurn } from '../../playground/protocol/knobs.ts';

/** What the page asks of its server. Answers are the server's own typed JSON. */
export interface Server {
  /** `files[n]` of the request are the n-th of these. */
  act(request: ActRequest, files?: readonly File[]): Promise<ActResult>;
  turn(turn: KnobTurn): Promise<KnobResult>;
}

const UNREACHABLE = { kind: 'refused', reason: 'The playground does not answer.' } as const;

export const server: Server = {
  act: async (request, files = []) => await post<ActResult>('/act', bodyOf(request, files)),
  turn: async (turn) => await post<KnobResult>('/knobs', JSON.stringify(turn)),
};

/** With files a form as Discord's own clients send it, else JSON. */
function bodyOf(request: ActRequest, files: readonly File[]): string | FormData {
  if (files.length === 0) return JSON.stringify(request);
  const form = new FormData();
  form.set('payload_json', JSON.stringify(request));
  files.forEach((file, at) => {
    form.set(`files[${at}]`, file, file.name);
  });
  return form;
}

async function post<Answer extends { readonly kind: string }>(
  path: string,
  body: string | FormData,
): Promise<Answer | typeof UNREACHABLE> {
  const headers = typeof body === 'string' ? { 'content-type': 'application/json' } : {};
  try {
    const response = await fetch(path, { method: 'POST', body, headers });
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    return (await response.json()) as Answer;
  } catch {
    return UNREACHABLE;
  }
}

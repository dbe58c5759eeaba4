import type { ActRequest, ActResult } from '../../playground/protocol/actions.ts';
import type { KnobResult, KnobTurn } from '../../playground/protocol/knobs.ts';

/** The page's requests to its server. Answers are the server's typed JSON. */
export interface Server {
  /** `files` are sent as `files[0]`, `files[1]`, …. */
  act(request: ActRequest, files?: readonly File[]): Promise<ActResult>;
  turn(turn: KnobTurn): Promise<KnobResult>;
}

const UNREACHABLE = { kind: 'refused', reason: 'The playground does not answer.' } as const;

/** The server of this page. A failed request is a refusal. */
export const server: Server = {
  act: async (request, files = []) => await post<ActResult>('/act', bodyOf(request, files)),
  turn: async (turn) => await post<KnobResult>('/knobs', JSON.stringify(turn)),
};

/** Returns JSON, or with files a form like those of Discord's clients. */
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
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only the playground's own server, with typed answers, is asked
    return (await response.json()) as Answer;
  } catch {
    return UNREACHABLE;
  }
}

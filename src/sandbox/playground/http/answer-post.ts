import type { IncomingMessage, ServerResponse } from 'node:http';
import type { z } from 'zod';
import { explainIssue } from '../../../simulators/providers/explain-issue.ts';
import { readBody } from '../../../simulators/discord/rest/read-body.ts';
import type { UploadedFile } from '../../../simulators/discord/rest/request.ts';
import { actRequestSchema } from '../act/act-schema.ts';
import { knobTurnSchema } from '../knobs/turn-schema.ts';
import type { ActRequest, ActResult } from '../protocol/actions.ts';
import type { KnobResult, KnobTurn } from '../protocol/knobs.ts';
import { sendJson } from './send-json.ts';

/** What the page may ask of the playground. */
export interface PageActions {
  readonly act: (request: ActRequest, files: readonly UploadedFile[]) => Promise<ActResult>;
  readonly turn: (turn: KnobTurn) => Promise<KnobResult>;
}

/** Validates a request of the page and answers it. */
export async function answerPost(
  deps: PageActions,
  pathname: string,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { json, files, overflow, invalidJson } = await readBody(message);
  if (overflow || invalidJson) {
    sendJson(response, overflow ? 413 : 400, {
      kind: 'refused',
      reason: 'The body cannot be read.',
    });
  } else if (pathname === '/act') {
    await handleJson(response, actRequestSchema, json, (request) => deps.act(request, files));
  } else if (pathname === '/knobs') {
    await handleJson(response, knobTurnSchema, json, deps.turn);
  } else {
    sendJson(response, 404, { kind: 'refused', reason: 'There is no such address.' });
  }
}

async function handleJson<Body>(
  response: ServerResponse,
  schema: z.ZodType<Body>,
  json: unknown,
  handle: (body: Body) => Promise<ActResult | KnobResult>,
): Promise<void> {
  const read = schema.safeParse(json);
  if (read.success) sendJson(response, 200, await handle(read.data));
  else sendJson(response, 400, { kind: 'refused', reason: explainIssue(read.error) });
}

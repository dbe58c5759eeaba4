import { isRecord } from '../values.ts';
import type { Answer, ApiRequest } from './request.ts';

/** The request as if its files had been lost on their way into the message. */
export function withoutFiles(request: ApiRequest): ApiRequest {
  const { json } = request;
  return { ...request, files: [], json: isRecord(json) ? { ...json, attachments: [] } : json };
}

/** The answer as if the message that it shows carried no file. */
export function showingNoFiles(answer: Answer): Answer {
  const { body } = answer;
  return isRecord(body) && 'attachments' in body
    ? { ...answer, body: { ...body, attachments: [] } }
    : answer;
}

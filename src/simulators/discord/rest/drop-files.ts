import { isRecord } from '../values.ts';
import type { Answer, ApiRequest } from './request.ts';

/** Returns the request without its files, so that the message gets none. */
export function requestWithoutFiles(request: ApiRequest): ApiRequest {
  const { json } = request;
  return { ...request, files: [], json: isRecord(json) ? { ...json, attachments: [] } : json };
}

/** Returns the answer without the message's attachments. */
export function answerWithoutFiles(answer: Answer): Answer {
  const { body } = answer;
  return isRecord(body) && 'attachments' in body
    ? { ...answer, body: { ...body, attachments: [] } }
    : answer;
}

import type { JsonReply } from '../json-reply.ts';

/** Its envelope of errors. */
export function failure(status: number, code: string, message: string, type: string): JsonReply {
  return { status, body: { error: { code, message, param: '', type } } };
}

/** The answer about a model or endpoint that this account does not have, such as another region's. */
export function modelNotFound(message: string): JsonReply {
  return failure(404, 'InvalidEndpointOrModel.NotFound', message, 'NotFound');
}

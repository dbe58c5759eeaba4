import { findProvider } from '../../../domain/routes/catalogue.ts';
import { SANDBOX_CATALOGUE } from '../sandbox-catalogue.ts';
import type { RecordedRequest } from '../../../simulators/providers/recorded-request.ts';
import type { ProviderRequest } from '../protocol/panel.ts';

const MAX_REPLY_CHARACTERS = 4000;

/** Converts a provider request for the side panel. */
export function renderProviderRequest(id: number, request: RecordedRequest): ProviderRequest {
  const { provider, purpose, method, path, body, atMs, answer, taskId, reply } = request;
  return {
    id,
    provider,
    providerName: findProvider(SANDBOX_CATALOGUE, provider)?.name ?? provider,
    purpose,
    method,
    path,
    at: atMs,
    ...(body === undefined ? {} : { body }),
    ...(answer === undefined ? {} : { answer }),
    ...(taskId === undefined ? {} : { providerTaskId: taskId }),
    ...(reply === undefined
      ? {}
      : { reply: { status: reply.status, body: reply.body.slice(0, MAX_REPLY_CHARACTERS) } }),
  };
}

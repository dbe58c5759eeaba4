import { z } from 'zod';
import type { DiscordOpenApi } from '../../src/simulators/discord/test/discord-openapi.ts';
import type { RequestLogEntry } from '../../src/simulators/discord/rest/request.ts';

interface Rule {
  readonly method: string;
  readonly path: RegExp;
  readonly schema: string;
  /** The body is a list of these. */
  readonly isList?: true;
  /** Where one path takes bodies of several schemas. */
  readonly fits?: (body: unknown) => boolean;
}

/** Whether a callback is of one of these types. */
const isCallback =
  (...types: readonly number[]) =>
  (body: unknown): boolean =>
    typeof body === 'object' &&
    body !== null &&
    types.some((type) => Reflect.get(body, 'type') === type);

const CALLBACK = /^\/interactions\/[^/]+\/[^/]+\/callback$/;

/** Discord's schema of each body that the bot sends. */
const RULES: readonly Rule[] = [
  {
    method: 'POST',
    path: CALLBACK,
    schema: 'UpdateMessageInteractionCallbackRequest',
    fits: isCallback(6, 7),
  },
  {
    method: 'POST',
    path: CALLBACK,
    schema: 'ApplicationCommandAutocompleteCallbackRequest',
    fits: isCallback(8),
  },
  {
    method: 'POST',
    path: CALLBACK,
    schema: 'ModalInteractionCallbackRequest',
    fits: isCallback(9),
  },
  { method: 'POST', path: CALLBACK, schema: 'CreateMessageInteractionCallbackRequest' },
  {
    method: 'PATCH',
    path: /^\/webhooks\/[^/]+\/[^/]+\/messages\/[^/]+$/,
    schema: 'IncomingWebhookUpdateRequestPartial',
  },
  { method: 'POST', path: /^\/channels\/[^/]+\/messages$/, schema: 'MessageCreateRequest' },
  {
    method: 'PATCH',
    path: /^\/channels\/[^/]+\/messages\/[^/]+$/,
    schema: 'MessageEditRequestPartial',
  },
  {
    method: 'PUT',
    path: /^\/applications\/[^/]+(?:\/guilds\/[^/]+)?\/commands$/,
    schema: 'ApplicationCommandUpdateRequest',
    isList: true,
  },
];

const FORWARD = 1;
const referenceSchema = z.looseObject({
  message_reference: z.looseObject({ type: z.literal(FORWARD) }),
});

/** The description knows replies alone: what makes a body a forward is judged by the simulation. */
function withoutForward(body: unknown): unknown {
  const forward = referenceSchema.safeParse(body);
  if (!forward.success) return body;
  const { message_reference: _, ...rest } = forward.data;
  return rest;
}

/** What is wrong with the bodies sent to Discord, by its own description; empty when nothing is. */
export function bodyFaults(
  openApi: DiscordOpenApi,
  requests: readonly RequestLogEntry[],
): string[] {
  return requests
    .filter(({ json }) => json !== undefined)
    .flatMap(({ method, path, json }) => {
      const rule = RULES.find(
        (one) => one.method === method && one.path.test(path) && one.fits?.(json) !== false,
      );
      if (rule === undefined) return [`${method} ${path}: a body that no rule knows`];
      const bodies: unknown[] =
        rule.isList === true && Array.isArray(json) ? json : [withoutForward(json)];
      return bodies.flatMap((body) =>
        openApi.validate(rule.schema, body).map((fault) => `${rule.schema}: ${fault}`),
      );
    });
}

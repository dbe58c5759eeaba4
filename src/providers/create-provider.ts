import type { ProviderPort } from '../app/ports/provider-port.ts';
import type { RouteRules } from '../domain/routes/route.ts';
import type { Submission } from '../domain/routes/submission.ts';
import { createBodyBy } from './create-body-by.ts';
import type { CreateSettings } from './create-body-by.ts';
import type { ProviderDescriptor } from './descriptor.ts';
import type { Dialect } from './dialect.ts';
import { namesOfSent, otherModelIn, withOtherModel } from './echoed-model.ts';
import { giveCopies } from './give-copies.ts';
import type { GiveCopiesDeps } from './give-copies.ts';
import { createJsonClient } from './http-json.ts';
import type { JsonClient, JsonClientOptions } from './http-json.ts';
import { formBody } from './form-body.ts';
import { jsonBody } from './json-body.ts';
import { createLibrary } from './library/create-library.ts';
import { readCancel } from './read-cancel.ts';
import { readCreate } from './read-create.ts';
import { readQuery } from './read-query.ts';
import { withResultAddress } from './result-address.ts';
import { taskPath } from './task-id.ts';
import { createTaskSearch } from './task-search.ts';
import { withUnreadyAssets } from './unready-assets.ts';
import { createUpload } from './upload-copy.ts';

interface LibraryOptions {
  /** The names of its libraries that are on; none by default. */
  readonly libraries?: readonly string[];
}

/** What of a descriptor is needed to call its provider. */
type CreatedFrom = Pick<
  ProviderDescriptor,
  | 'id'
  | 'routes'
  | 'api'
  | 'cancel'
  | 'search'
  | 'createBody'
  | 'modelIds'
  | 'results'
  | 'dialect'
  | 'copies'
  | 'upload'
  | 'libraries'
>;

/** Creates a provider from its descriptor: it posts create bodies and reads answers by the dialect. */
export function createProvider(
  descriptor: CreatedFrom,
  options: JsonClientOptions &
    Pick<GiveCopiesDeps, 'media' | 'fetchFile'> &
    LibraryOptions &
    CreateSettings,
): ProviderPort & { close(): Promise<void> } {
  const { id, api, cancel, search, dialect, copies } = descriptor;
  const client = createJsonClient(options);
  const { media, fetchFile } = options;
  const giving = { copies, media, fetchFile, upload: createUpload(descriptor.upload, client) };
  const libraries = descriptor.libraries ?? [];
  const { baseUrl } = options;
  const createBody = createBodyBy(descriptor, options);
  // Not read once: routes may be added later.
  const routeOf = (routeId: string): RouteRules | undefined =>
    descriptor.routes.find(({ model }) => `${id}/${model}` === routeId);
  // An id of the account's own, as of an endpoint, is listed as the model behind it.
  const documented = createBodyBy(descriptor, { ...options, models: new Map() });
  const bodiesOf = (submission: Submission): object[] => {
    const route = routeOf(submission.route);
    if (route === undefined) return [];
    return [createBody, documented].map((bodyOf) => bodyOf(route, submission));
  };
  return {
    libraries: libraries
      .filter(({ name }) => options.libraries?.includes(name))
      .map((calls) =>
        createLibrary(calls, { provider: id, apiKey: options.apiKey ?? '', client, dialect }),
      ),
    prepare: () => client.prepare(),
    giveCopies: async (submission, signal) => giveCopies(giving, submission, signal),
    create: async (submission, signal) => {
      const route = routeOf(submission.route);
      if (route === undefined) return { kind: 'not-sent', detail: 'unknown route' };
      const write = api.isForm === true ? formBody : jsonBody;
      const { body, sent } = write(submission, (plain) => createBody(route, plain));
      const result = await client.post(api.createPath, sent, signal);
      const read = readCreate(result, dialect, submission.prompt);
      const outcome = withUnreadyAssets(read, result, dialect, submission);
      const names = namesOfSent(body.model, route, submission);
      return withOtherModel(outcome, otherModelIn(result, dialect.modelPaths, names));
    },
    query: async (providerTaskId, signal) => {
      const path = taskPath(api.queryPrefix, providerTaskId);
      if (path === undefined) {
        return { kind: 'fault', fault: 'bad-response', detail: 'unusable id' };
      }
      const outcome = readQuery(await client.get(path, signal), dialect);
      const hasKey = options.apiKey !== undefined;
      return withResultAddress(outcome, descriptor.results, { baseUrl, taskPath: path, hasKey });
    },
    ...(cancel === undefined ? {} : { cancel: createCancel(cancel, client, dialect) }),
    ...(search === undefined ? {} : { search: createTaskSearch(search, { client, bodiesOf }) }),
    close: () => client.close(),
  };
}

function createCancel(
  { prefix }: NonNullable<CreatedFrom['cancel']>,
  client: Pick<JsonClient, 'delete'>,
  dialect: Dialect,
): NonNullable<ProviderPort['cancel']> {
  return async (providerTaskId, signal) => {
    const path = taskPath(prefix, providerTaskId);
    if (path === undefined) return { kind: 'unclear', detail: 'unusable id' };
    return readCancel(await client.delete(path, signal), dialect);
  };
}

import type { ProviderTraits } from '../domain/routes/provider-traits.ts';
import type { RouteRules } from '../domain/routes/route.ts';
import type { Submission } from '../domain/routes/submission.ts';
import type { Dialect } from './dialect.ts';
import type { Feature } from './features.ts';
import type { LibraryCalls } from './library/library-calls.ts';
import type { NeverSent } from './never-sent.ts';
import type { ResultRules } from './result-address.ts';
import type { RouteListCall } from './route-list.ts';

/**
 * What a new provider must supply, together with the traits that it extends (its id, its names, what
 * its failures cost). Each provider's folder has a `descriptor.ts`, and the registry has one line for
 * it.
 */
export interface ProviderDescriptor extends Omit<
  ProviderTraits,
  'hasLibrary' | 'deletesAssets' | 'costCurrency'
> {
  readonly settings: ProviderSettingRules;
  /** In the order in which people see them. A route's id is `provider/model`. */
  readonly routes: readonly RouteRules[];
  /** What its documents name and the bot never sends, each with its reason. */
  readonly neverSent: readonly NeverSent[];
  /** Whether the documents say that time with "about". */
  readonly isRetentionAbout?: boolean;
  readonly api: {
    /** The path to POST a create to. */
    readonly createPath: string;
    /** Whether a create is a form (`multipart/form-data`), in which files are parts; else it is JSON. */
    readonly isForm?: true;
    /** The path to GET a task from, before its id. */
    readonly queryPrefix: string;
  };
  /** How a task is cancelled; absent where its documents have no such call. */
  readonly cancel?: CancelCall;
  /** How its tasks are listed; absent where its documents have no such call. */
  readonly search?: SearchCall;
  /** Builds the body of a create. Options that the member did not choose are absent. */
  readonly createBody: (
    route: RouteRules,
    submission: Submission,
    context: CreateContext,
  ) => { readonly model: string };
  /**
   * The ids of its models at an address, by the names that `createBody` gives them; absent where these
   * are the ids.
   */
  readonly modelIds?: (baseUrl: string) => ReadonlyMap<string, string>;
  /** How a finished video is had, where the answer to a poll does not give a public address. */
  readonly results?: ResultRules;
  /** How to read its answers. */
  readonly dialect: Dialect;
  /** How it lists its routes at the start, where `routes` is empty; absent where they are known. */
  readonly list?: RouteListCall;
  /** How `doctor` reads the account's balance; `undefined` when the API does not offer it. */
  readonly balance?: BalanceQuery;
  /** How copies are uploaded, where `copies` says so. */
  readonly upload?: UploadCall;
  /** Its own libraries of media; absent where its documents have none. */
  readonly libraries?: readonly LibraryCalls[];
  /**
   * What other providers' documents have and its own do not, each with the pages that were read. The
   * contract that every provider meets expects everything else.
   */
  readonly lacks: Readonly<Partial<Record<Feature, string>>>;
}

/** What of the bot's settings a create may say. */
export interface CreateContext {
  /** After this the bot gives a task up, in milliseconds. */
  readonly taskTimeoutMs: number;
  /** Whether members may continue the video from its last frame, for which a provider can be asked. */
  readonly wantsLastFrame: boolean;
}

/** The settings of a provider. A provider without a key is off. */
interface ProviderSettingRules {
  /** The API key, sent as `Authorization: Bearer …`: one word without quotation marks. */
  readonly apiKey: { readonly name: string };
  /** Settings of other programs that begin like its own, such as `ACME_MODEL`; none if absent. */
  readonly foreignNames?: readonly string[];
  /** The root URL of its API: http or https, without credentials, query and fragment. */
  readonly address: {
    readonly name: string;
    readonly default: string;
    /** Matches the end of an address that repeats a path which the bot appends itself. */
    readonly redundantPath: RegExp;
  };
  /** Whether other programs have variables that begin as these names do. */
  readonly isPrefixShared?: true;
  /** What sets ids of models that the account has of its own; absent where there are none. */
  readonly models?: { readonly name: string };
}

/**
 * `DELETE` of a task that waits in the provider's queue. The dialect's `queuedStatuses` and
 * `cancelledStatuses` say when that is possible, and how it ended.
 */
interface CancelCall {
  /** The path before the task's id. */
  readonly prefix: string;
}

/**
 * `GET` of the list of the account's tasks, page by page. Creates without an answer are found there, by
 * the time and the fields of their body: none of the documents has a field that names a request.
 */
export interface SearchCall {
  /** The path of a page; the first one is 1. */
  readonly path: (page: number) => string;
  readonly pageSize: number;
  readonly itemsPath: string;
  readonly idPath: string;
  /** Path of the moment of the create, in seconds since 1970. */
  readonly createdAtPath: string;
  /** Fields of a create's body that a listed task repeats, at the latest when it has ended. */
  readonly repeats: readonly string[];
  /** Whether the list has something else in place of this value, as of `adaptive`. */
  readonly isOpen: (value: string) => boolean;
  /** How long a task is listed, in milliseconds. */
  readonly keptMs: number;
}

interface BalanceQuery {
  readonly path: string;
  /** Reads the balance; `undefined` when the answer has none. */
  readonly read: (answer: unknown) => Balance | undefined;
}

/** A call that takes a file and gives an address for it: `POST`, as `multipart/form-data`. */
export interface UploadCall {
  readonly path: string;
  /** The name of the form's field. */
  readonly field: string;
  /** Reads the file's address from the answer; `undefined` when it has none. */
  readonly read: (answer: unknown) => string | undefined;
}

interface Balance {
  /** The remaining balance, in words for the operator. */
  readonly text: string;
  readonly isSpent: boolean;
}

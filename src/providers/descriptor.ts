import type { ProviderTraits } from '../domain/routes/provider-traits.ts';
import type { RouteRules } from '../domain/routes/route.ts';
import type { Submission } from '../domain/routes/submission.ts';
import type { Dialect } from './dialect.ts';

/**
 * Everything that the bot knows of one provider: what a new one must supply. Its folder has this as
 * `descriptor.ts`, and the registry has one line for it.
 */
export interface ProviderDescriptor extends ProviderTraits {
  readonly settings: ProviderSettingRules;
  /** In the order in which people see them; a route's id is `provider/model`. */
  readonly routes: readonly RouteRules[];
  /** How long a result's address stays good, in milliseconds from the finish. */
  readonly resultRetentionMs: number;
  readonly api: {
    /** Where a task is created, by POST. */
    readonly createPath: string;
    /** Where a task is asked about, by GET; its id follows. */
    readonly queryPrefix: string;
  };
  /** The body of a create; a field that was not asked for is absent. */
  readonly createBody: (route: RouteRules, submission: Submission) => object;
  /** How its answers are read. */
  readonly dialect: Dialect;
  /** What `doctor` asks about the account; absent: the provider tells nothing of it. */
  readonly balance?: BalanceQuery;
  readonly can: Capabilities;
}

/** What an operator sets for a provider. One whose key is not set is off. */
interface ProviderSettingRules {
  /** The API key, sent as `Authorization: Bearer …`: one word without quotation marks. */
  readonly apiKey: { readonly name: string };
  /** The root of its API: http or https, without credentials, query and fragment. */
  readonly address: {
    readonly name: string;
    readonly default: string;
    /** The end of an address that the bot adds by itself: somebody who sets it finds nothing there. */
    readonly ownPath: RegExp;
  };
  /** Settings of versions to come: known, and without effect in this one. */
  readonly later?: readonly string[];
}

interface BalanceQuery {
  readonly path: string;
  /** What is left, in words for the operator; undefined where the answer does not tell. */
  readonly read: (answer: unknown) => Balance | undefined;
}

interface Balance {
  readonly text: string;
  readonly isSpent: boolean;
}

/** What its API offers beyond creating and asking; what is false here is nowhere asked of it. */
interface Capabilities {
  /** Whether a task that runs can be stopped there. */
  readonly cancel: boolean;
  /** Whether a finished task tells what it is billed by. */
  readonly costInAnswer: boolean;
  /** Whether a finished task hands out its last frame. */
  readonly lastFrame: boolean;
  /** Whether it keeps media of its own, which routes may need (`asset://`). */
  readonly assets: boolean;
}

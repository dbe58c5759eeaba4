import type { RejectionCategory } from '../domain/tasks/provider-rejection.ts';
import type { ProviderError } from './provider-error.ts';

/** What differs between the providers in reading an answer. */
export interface Dialect {
  /** The error that an answer's `code` declares; undefined where it declares none. */
  readonly codeErrorOf: (body: unknown) => ProviderError | undefined;
  /** The error that an answer declares in any way that the provider has. */
  readonly errorOf: (body: unknown) => ProviderError | undefined;
  /** The number of the task that a create made; undefined where there is no usable one. */
  readonly taskIdOf: (body: unknown) => string | undefined;
  /**
   * The documented sentence for "too busy", where there is one: as the whole of a message, and the
   * part of it that a prompt must not hold for it to be believed.
   */
  readonly busySentence?: { readonly isWhole: RegExp; readonly core: string };
  /** Whether an error means that the provider does not know the task. */
  readonly isMissing: (error: ProviderError) => boolean;
  /** The provider's own error codes, which its words may refine. */
  readonly ownCodes: ReadonlyMap<string, RejectionCategory>;
  /** Status words beside those that both use, in lower case. */
  readonly doneWords: readonly string[];
  readonly failedWords: readonly string[];
}

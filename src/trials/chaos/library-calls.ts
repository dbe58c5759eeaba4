import { createAnyfastLibrary } from '../../simulators/providers/anyfast/library.ts';
import { createJimmyLibrary } from '../../simulators/providers/jimmy/library.ts';
import type {
  LibraryCall,
  LibraryRules,
} from '../../simulators/providers/library/library-rules.ts';
import type { RecordedRequest } from '../../simulators/providers/recorded-request.ts';
import type { LibraryReader } from './library-reader.ts';

/** A request to a provider's library, as it was received and answered. */
export interface SeenCall {
  /** `provider/library`. */
  readonly library: string;
  /** How a medium goes there: as a file, or as the portrait of a real person. */
  readonly way: 'file' | 'person';
  readonly call: LibraryCall['call'];
  /** The hash of the content that it is about. */
  readonly sha256: string | undefined;
  /** The assets that it names; of an upload the one that it made. */
  readonly assetIds: readonly string[];
  /** The name of the upload, that a list was searched for. */
  readonly name: string | undefined;
  /** Real time, in milliseconds. */
  readonly atMs: number;
  /** The kind of answer that was chosen. */
  readonly answer: string;
  /** Whether the library did what it was asked, and answered so. */
  readonly isRight: boolean;
  /** Whether it arrived over a connection that the round did not leave alone. */
  readonly isDisturbed: boolean;
  /** What was sent; `undefined` if nothing was. */
  readonly reply: string | undefined;
}

const RULES: ReadonlyMap<string, LibraryRules> = new Map([
  ['jimmy', createJimmyLibrary(() => '')],
  ['anyfast', createAnyfastLibrary(() => '')],
]);

/** Reads the requests to libraries, oldest first. */
export function seenCalls(requests: readonly RecordedRequest[], reader: LibraryReader): SeenCall[] {
  return requests
    .filter(({ purpose }) => purpose === 'library')
    .flatMap((request) => {
      const {
        provider,
        method,
        path,
        body,
        answer = '',
        atMs,
        assetId,
        connection,
        reply,
      } = request;
      const url = new URL(path, 'http://provider');
      const read = RULES.get(provider)?.read({ method, url, body });
      if (read === undefined) return [];
      return [
        {
          library: libraryOf(request),
          way: path.includes('/realperson/') ? 'person' : 'file',
          call: read.call,
          sha256: reader.contentOf(request),
          assetIds: assetId === undefined ? idsIn(read) : [assetId],
          name: 'name' in read ? read.name : undefined,
          atMs,
          answer,
          isRight: answer === 'ok' || answer === 'slow',
          isDisturbed: connection !== undefined,
          reply: reply?.body,
        },
      ];
    });
}

/** Which of a provider's libraries a request is for. */
export function libraryOf({ provider, path }: Pick<RecordedRequest, 'provider' | 'path'>): string {
  if (provider === 'anyfast') return 'anyfast/assets';
  return path.includes('/seedance/sp/') ? 'jimmy/sp' : 'jimmy/full';
}

function idsIn(call: LibraryCall): readonly string[] {
  if (call.call === 'look') return call.ids;
  return call.call === 'delete' ? [call.id] : [];
}

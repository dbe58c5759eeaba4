import type { LiveFrame } from './protocol.ts';
import type { Identity } from './protocol/world.ts';

/** One open page. */
interface Viewer {
  readonly as: Identity;
  readonly send: (frame: LiveFrame) => void;
}

/** Everybody who looks now. */
export interface Audience {
  /** Returns the end of it. */
  add(viewer: Viewer): () => void;
  /** To everybody. */
  tell(frame: LiveFrame): void;
  /** To each what is for them; undefined: nothing. */
  tellEach(frameFor: (as: Identity) => LiveFrame | undefined): void;
}

export function createAudience(): Audience {
  const viewers = new Set<Viewer>();
  return {
    add(viewer) {
      viewers.add(viewer);
      return () => void viewers.delete(viewer);
    },
    tell(frame) {
      for (const viewer of viewers) viewer.send(frame);
    },
    tellEach(frameFor) {
      for (const { as, send } of viewers) {
        const frame = frameFor(as);
        if (frame !== undefined) send(frame);
      }
    },
  };
}

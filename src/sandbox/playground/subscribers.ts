import type { LiveFrame } from './protocol.ts';
import type { Identity } from './protocol/world.ts';

/** One open page and its person. */
interface Subscriber {
  readonly as: Identity;
  readonly send: (frame: LiveFrame) => void;
}

/** The open pages, to which frames are sent. */
export interface Subscribers {
  /** Returns a function that removes the subscriber. */
  add(subscriber: Subscriber): () => void;
  /** Sends the frame to all pages. */
  publish(frame: LiveFrame): void;
  /** Sends each page the frame for its person; `undefined` sends none. */
  publishEach(frameFor: (as: Identity) => LiveFrame | undefined): void;
}

/** Returns a set of subscribers, empty at first. */
export function createSubscribers(): Subscribers {
  const subscribers = new Set<Subscriber>();
  return {
    add(subscriber) {
      subscribers.add(subscriber);
      return () => void subscribers.delete(subscriber);
    },
    publish(frame) {
      for (const subscriber of subscribers) subscriber.send(frame);
    },
    publishEach(frameFor) {
      for (const { as, send } of subscribers) {
        const frame = frameFor(as);
        if (frame !== undefined) send(frame);
      }
    },
  };
}

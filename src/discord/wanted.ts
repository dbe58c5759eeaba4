import type { VideoCall } from '../app/accept/video-call.ts';
import type { CommandServices } from './command.ts';

/** What is to be made; the rest of the call is in the interaction. */
export type Wanted = Pick<VideoCall, 'route' | 'request'> &
  Partial<
    Pick<
      VideoCall,
      'auto' | 'leftOut' | 'confirms' | 'agreed' | 'usesUp' | 'origin' | 'claim' | 'isAnother'
    >
  > & {
    /** What was typed in a form where a length belongs, if it is none. */
    readonly typedDuration?: string | undefined;
  };

/** The services that making a video needs. */
export type MakingServices = Pick<
  CommandServices,
  | 'acceptVideo'
  | 'fillIn'
  | 'namedAssets'
  | 'log'
  | 'replies'
  | 'priceList'
  | 'routesOn'
  | 'guilds'
  | 'catalogue'
  | 'confirmations'
  | 'clock'
>;

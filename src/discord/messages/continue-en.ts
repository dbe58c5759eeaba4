/** Going on from a video's last picture, in English; see `en.ts` for the rules. */
export const continueEn = {
  title: 'Continue this video',
  noFrame:
    'The last picture of this video is no longer available, and it could not be taken from the video again. Attach a picture as `first_frame` with `/video`.',
  frameLate:
    'The last picture is still being taken from the video. Press the button again in a few seconds.',
};

export type ContinueWords = typeof continueEn;

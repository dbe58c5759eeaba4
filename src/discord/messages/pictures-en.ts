/** Other pictures for a video, in English; see `en.ts` for the rules. */
export const picturesEn = {
  title: 'Other pictures for this video',
  first_frame: 'First frame',
  last_frame: 'Last frame',
  references: 'Reference pictures',
  noneTaken: 'The model of this video takes no pictures. Call `/video` with another model.',
  noneGiven: 'No picture arrived that can be used. Press the button again and attach one.',
};

export type PicturesWords = typeof picturesEn;

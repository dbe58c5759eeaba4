/** The second video: buttons, ways on and what they answer, in English; see `en.ts` for the rules. */
export const secondEn = {
  buttons: {
    again: 'Again',
    edit: 'Edit',
    continue: 'Continue',
    higher: 'Higher quality',
    other: 'Another model',
  },
  more: '⋯',
  /** Under a task's title: what it was made from. */
  origin: {
    again: (link: string) => `Again: ${link}`,
    edit: (link: string) => `Edited from ${link}`,
    continue: (link: string) => `Continues ${link}`,
    higher: (link: string) => `Higher quality of ${link}`,
    other: (link: string) => `Another model for ${link}`,
    pictures: (link: string) => `Other pictures for ${link}`,
    animate: (link: string) => `Made from ${link}`,
  },
  refused: {
    gone: "This video's details were deleted, so nothing can be made from it. Use `/video` instead.",
    unreadable:
      'This video was made by an older version of the bot, which did not keep its request. Use `/video` instead.',
    callerOnly: 'Only the member who made this video may make another one from it.',
    privateMedia:
      'This video was made from files that belong to someone else, who has not shared them. Attach your own with `/video`.',
    noLonger: 'This choice is no longer offered. Press the button again.',
    offerGone: 'This can no longer be used. Call `/video` again.',
    ofOther: 'Only the member it was offered to can use this.',
    nothingUp: 'No available model makes this video better.',
    nothingElse: 'No other available model accepts this request unchanged.',
    tooLongToEdit:
      'This prompt has more than 4,000 characters, too many for this form. Call `/video` with the changed prompt.',
  },
  mediaGone: (options: string) =>
    `These files are no longer available: ${options}. Use ⋯ → Pictures… to attach others, or call \`/video\`.`,
  alreadyMade: (link: string) => `You are already making a video from here: ${link}`,
  alreadyStarting: 'Your last click is already making a video.',
  another: 'Make another',
  /** In place of an offer whose button was used. */
  used: (model: string, link: string) => `Your video with **${model}**: ${link}`,
  usedSomewhere: (model: string) => `Your video with **${model}** is being made.`,
  modelOff:
    'The model of this video is not available any more. These models accept the request unchanged.',
  heldFirst:
    'It is not clear yet whether this video was charged. Making another one may be charged as well.',
  goOn: 'Go on',
  chooseModel: 'Choose a model',
  /** In a select: what a choice costs. */
  way: (model: string, price: string) => `${model} · ${price}`,
  higherIntro:
    'Choose what makes this video better. It is made anew, so the picture will differ. Nothing was charged yet.',
  otherIntro: 'These models accept the request unchanged. Nothing was charged yet.',
  wayOn: {
    make: (price: string) => `Make it · ${price}`,
    makeUnpriced: 'Make it',
    frames: 'Make it with the frames',
    references: 'Make it with the references',
    change: 'Change…',
    changes: 'The nearest video that this model makes:',
    withFrames: 'With the frames:',
    withReferences: 'With the references:',
    value: (option: string, from: string, to: string) => `\`${option}\`: ${from} → ${to}`,
    dropped: (options: string) => `left out: ${options}`,
    notKept:
      "The bot's database isn't responding, so nothing can be chosen or changed here. Try again in a moment.",
    tooLongToChange: 'The prompt is too long to be changed in a form.',
  },
  menu: {
    intro: 'What you can do with this video:',
    prompt: 'Prompt',
    pictures: 'Pictures…',
    share: 'Share',
    report: 'Report',
    delete: 'Delete',
    /** The video's record is gone, but its message can be deleted. */
    goneIntro: "This video's details were deleted. You can still delete its message.",
    promptIs: 'The prompt of this video:',
    promptInFile: 'The prompt of this video is in the file.',
    shared: 'Shared: others may now make videos from this one and its files.',
    inGallery: 'Shared, and forwarded to the gallery.',
    galleryLater: 'Shared. It goes to the gallery when its smaller copy is ready.',
    galleryFailed:
      'Shared, but it could not be forwarded to the gallery. The admins of this server have been notified.',
    galleryUnknown:
      'Shared. Discord did not confirm that it reached the gallery; it is not forwarded again, so that it is not there twice.',
    ownOnly: 'Only the member who made this video can do this.',
    reported: 'Reported to the admins of this server.',
    reportedBefore: 'You have already reported this video.',
    tooManyReports: 'You have reported 5 videos today. Try again tomorrow, or ask an admin.',
    noMessage: 'The message of this video is not known.',
    deleteFirst:
      'Delete this video? Its message, prompt and files are removed for good. What it cost still counts.',
    deleteYes: 'Delete it',
    deleted: 'Deleted.',
    /** Of a video whose record is gone; only Discord knows whether its message is. */
    deletedBefore:
      "This video's prompt and files were already deleted. If its message is still here, use ⋯ → Delete under it.",
    messageStays:
      'Its prompt and files are deleted, but Discord did not let the bot delete the message. Someone who can manage messages here can delete it.',
    notEnded: 'A video that is being made cannot be deleted. Wait until it is finished.',
    mayNotDelete:
      'Only the member who made this video, or someone who can manage messages here, can delete it.',
  },
  form: {
    edit: 'Edit and make again',
    prompt: 'Prompt',
    model: 'Model',
    moreModels: 'These are not all models: /video finds every one by its name.',
    duration: 'Length in seconds',
    durationHelp: (range: string) => `What models accept: ${range}`,
    resolution: 'Resolution',
    ratio: 'Aspect ratio',
    automatic: "The model's default",
    yourPrompt: 'What you typed is in the file.',
  },
};

export type SecondWords = typeof secondEn;

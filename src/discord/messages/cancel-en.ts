/** The button that cancels a video, and its answers. */
export const cancelEn = {
  button: 'Cancel',
  asked: 'The provider was asked to cancel it. Its message says what comes of it.',
  done: 'Cancelled. Its message says so.',
  sent: "It's being sent or was already sent, so it can no longer be cancelled.",
  ofAnother:
    'Only the member who asked for this video, or someone who can manage messages here, can cancel it.',
  gone: 'This video is already over; there is nothing to cancel.',
};

/** The demo's default model, which takes the two bundled pictures as first and last frame. */
export const EXAMPLE_MODEL = 'jimmy/seedance2.0-fast-i2v';

/** The model of a demonstration that names none: it takes the two pictures that come with it. */
export const EXAMPLE_MODEL = 'jimmy/seedance2.0-fast-i2v';

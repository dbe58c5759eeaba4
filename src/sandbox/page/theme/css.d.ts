/** Style sheets are imported only so that the bundler includes them. */
declare module '*.css';

/** The bundler copies pictures and gives their addresses. */
declare module '*.jpg' {
  const address: string;
  export default address;
}

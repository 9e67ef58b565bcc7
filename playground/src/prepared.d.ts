// What prepared-examples.ts makes while the page is built.
declare module '*?prepared' {
  const example: import('../prepared-examples.ts').PreparedExample
  export default example
}
declare module '*?prepared&explore' {
  const example: import('../prepared-examples.ts').PreparedExample
  export default example
}

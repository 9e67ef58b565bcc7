// What prepared-examples.ts makes while the page is built.
declare module '*?prepared' {
  const base64: string
  export default base64
}
declare module '*?prepared&explore' {
  const base64: string
  export default base64
}

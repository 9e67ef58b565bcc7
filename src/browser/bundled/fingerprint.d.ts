// Made by tools/build-browser.ts: another one where another build instruments otherwise.
declare const fingerprint: string
export default fingerprint

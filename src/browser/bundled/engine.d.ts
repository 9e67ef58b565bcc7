// Made by tools/build-browser.ts.
declare const packed: string
export default packed

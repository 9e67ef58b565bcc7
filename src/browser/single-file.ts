// What is in fuzzbox.browser.js: the page's face and the element, which is defined as soon as the file is loaded.

export * from './index.ts'
export { FuzzBoxElement } from './element/index.ts'

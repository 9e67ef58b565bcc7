export class FuzzBoxElement extends HTMLElement {}

// What the folders of a target are called.

/** `dir/json.min.wasm` → `json.min`; a name that has no ending of a target stays as it is. */
export function targetNameOf(path: string): string {
  const file = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
  return file.replace(/\.(wasm|wat|ts)$/, '') || 'target'
}

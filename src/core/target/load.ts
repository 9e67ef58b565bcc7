// A target or harness file becomes Wasm bytes: .wasm as it is, .wat through wabt, AssemblyScript .ts through asc. The
// compilers are loaded only when a file needs them.

/** One file as the host read it; `name` is its path, for messages and, without folder and ending, for folder names. */
export type TargetSource =
  | { readonly kind: 'wasm'; readonly name: string; readonly bytes: Uint8Array }
  | { readonly kind: 'wat'; readonly name: string; readonly text: string }
  | {
      readonly kind: 'assemblyscript'
      readonly name: string
      readonly text: string
      /** Reads what the file imports; `path` is relative to the file's folder. Null where there is no such file. */
      readonly readFile?: (path: string) => Promise<string | null>
    }

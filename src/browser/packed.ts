// Files that were packed into JavaScript when fuzzbox was built: gzip in base64, which is in every bundler's reach.

export async function unpackBytes(packed: string): Promise<Uint8Array<ArrayBuffer>> {
  const text = atob(packed)
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at)
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

export async function unpackText(packed: string): Promise<string> {
  return new TextDecoder().decode(await unpackBytes(packed))
}

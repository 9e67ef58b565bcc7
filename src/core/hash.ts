// Names of inputs and of modules: hex digests from the Web Crypto that Node and browsers share.

export async function sha1Hex(bytes: Uint8Array): Promise<string> {
  return await digestHex('SHA-1', bytes)
}

export async function sha256Hex(bytes: Uint8Array): Promise<string> {
  return await digestHex('SHA-256', bytes)
}

async function digestHex(algorithm: string, bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest(algorithm, bytes as Uint8Array<ArrayBuffer>)
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Base64 of any length, without the argument limit of String.fromCharCode. */
export function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let start = 0; start < bytes.length; start += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(start, start + 0x8000))
  }
  return btoa(text)
}

// Error numbers of WASI preview 1.
export const SUCCESS: u32 = 0
export const BADF: u32 = 8
export const EXIST: u32 = 20
export const FBIG: u32 = 22
export const INVAL: u32 = 28
export const ISDIR: u32 = 31
export const MFILE: u32 = 33
export const NAMETOOLONG: u32 = 37
export const NOENT: u32 = 44
export const NOSPC: u32 = 51
export const NOSYS: u32 = 52
export const NOTDIR: u32 = 54
export const NOTEMPTY: u32 = 55
export const SPIPE: u32 = 70

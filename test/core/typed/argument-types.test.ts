import { describe, expect, test } from 'vitest'
import { ARGUMENT_TYPES, parseArgumentTypes, type ArgumentType } from '../../../src/core/typed/argument-types.ts'

describe('a list of argument types', () => {
  test('names each type by its own name', () => {
    const all = Object.keys(ARGUMENT_TYPES) as ArgumentType[]
    expect(all).toHaveLength(16)
    expect(parseArgumentTypes(all.join(','))).toEqual(all)
  })

  test("understands Go's names, other languages' and spaces", () => {
    expect(parseArgumentTypes('[]byte, byte ,uint8,int8,int16,uint16,int32,uint32')).toEqual(
      ['bytes', 'u8', 'u8', 'i8', 'i16', 'u16', 'i32', 'u32'], // prettier-ignore
    )
    expect(parseArgumentTypes('int64,uint64,float32,float64,usize,isize,rune,bool')).toEqual(
      ['i64', 'u64', 'f32', 'f64', 'uint', 'int', 'rune', 'bool'], // prettier-ignore
    )
  })

  test.each([
    ['i23', 'i8'],
    ['bites,i32', 'bytes'],
    ['bytes,unit64', 'uint64'],
    ['flaot64', 'float64'],
  ])('suggests a near name for %s', (text, near) => {
    expect(() => parseArgumentTypes(text)).toThrow(expect.objectContaining({ code: 'E_TYPES' }))
    expect(() => parseArgumentTypes(text)).toThrow(/did you mean/)
    expect(() => parseArgumentTypes(text)).toThrow(near)
  })

  test.each(['', 'bytes,', ',', 'interface{}', 'complex128'])('refuses %j', (text) => {
    expect(() => parseArgumentTypes(text)).toThrow(expect.objectContaining({ code: 'E_TYPES' }))
  })
})

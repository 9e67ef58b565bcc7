export const SUM_BYTES: usize = 4

export function sumOf(data: usize, size: usize): u32 {
  let sum: u32 = 0
  for (let i = size; i > 0; i--) sum = (sum + load<u8>(data + i - 1)) * 0x9e3779b1
  return sum
}

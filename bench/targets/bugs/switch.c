// An opcode of two bytes in a switch of 300 cases, of which one forgets to check its operand.
#include "bug.h"

static int execute(unsigned opcode, unsigned operand) {
  switch (opcode) {
    case 0x010f:
      return (int)(operand + 1u);
    case 0x020c:
      return (int)(operand - 8u);
    case 0x0416:
      return (int)(operand ^ 15u);
    case 0x06c6:
      return (int)(operand * 22u);
    case 0x0787:
      return (int)(operand | 29u);
    case 0x0a99:
      return (int)(operand + 36u);
    case 0x0b09:
      return (int)(operand - 43u);
    case 0x0cec:
      return (int)(operand ^ 50u);
    case 0x0d5c:
      return (int)(operand * 57u);
    case 0x0db1:
      return (int)(operand | 64u);
    case 0x0e75:
      return (int)(operand + 71u);
    case 0x0ed2:
      return (int)(operand - 78u);
    case 0x0fd9:
      return (int)(operand ^ 85u);
    case 0x1017:
      return (int)(operand * 92u);
    case 0x1021:
      return (int)(operand | 2u);
    case 0x1042:
      return (int)(operand + 9u);
    case 0x1088:
      return (int)(operand - 16u);
    case 0x10d6:
      return (int)(operand ^ 23u);
    case 0x10ef:
      return (int)(operand * 30u);
    case 0x1112:
      return (int)(operand | 37u);
    case 0x11a3:
      return (int)(operand + 44u);
    case 0x123d:
      return (int)(operand - 51u);
    case 0x129a:
      return (int)(operand ^ 58u);
    case 0x12e2:
      return (int)(operand * 65u);
    case 0x1300:
      return (int)(operand | 72u);
    case 0x138b:
      return (int)(operand + 79u);
    case 0x13bd:
      return (int)(operand - 86u);
    case 0x14de:
      return (int)(operand ^ 93u);
    case 0x15a0:
      return (int)(operand * 3u);
    case 0x15f4:
      return (int)(operand | 10u);
    case 0x163e:
      return (int)(operand + 17u);
    case 0x16fc:
      return (int)(operand - 24u);
    case 0x1700:
      return (int)(operand ^ 31u);
    case 0x1838:
      return (int)(operand * 38u);
    case 0x18f5:
      return (int)(operand | 45u);
    case 0x1918:
      return (int)(operand + 52u);
    case 0x19f1:
      return (int)(operand - 59u);
    case 0x1af9:
      return (int)(operand ^ 66u);
    case 0x1b28:
      return (int)(operand * 73u);
    case 0x1b35:
      return (int)(operand | 80u);
    case 0x1b61:
      return (int)(operand + 87u);
    case 0x1b81:
      return (int)(operand - 94u);
    case 0x1d24:
      return (int)(operand ^ 4u);
    case 0x1e87:
      return (int)(operand * 11u);
    case 0x1ef9:
      return (int)(operand | 18u);
    case 0x1f27:
      return (int)(operand + 25u);
    case 0x1f39:
      return (int)(operand - 32u);
    case 0x2072:
      return (int)(operand ^ 39u);
    case 0x20b1:
      return (int)(operand * 46u);
    case 0x2120:
      return (int)(operand | 53u);
    case 0x221c:
      return (int)(operand + 60u);
    case 0x2317:
      return (int)(operand - 67u);
    case 0x240d:
      return (int)(operand ^ 74u);
    case 0x25e4:
      return (int)(operand * 81u);
    case 0x25ed:
      return (int)(operand | 88u);
    case 0x264b:
      return (int)(operand + 95u);
    case 0x2707:
      return (int)(operand - 5u);
    case 0x279e:
      return (int)(operand ^ 12u);
    case 0x27a2:
      return (int)(operand * 19u);
    case 0x27b9:
      return (int)(operand | 26u);
    case 0x27bb:
      return (int)(operand + 33u);
    case 0x27e8:
      return (int)(operand - 40u);
    case 0x2a8c:
      return (int)(operand ^ 47u);
    case 0x2b3a:
      return (int)(operand * 54u);
    case 0x2b96:
      return (int)(operand | 61u);
    case 0x2c05:
      return (int)(operand + 68u);
    case 0x2e1c:
      return (int)(operand - 75u);
    case 0x2f05:
      return (int)(operand ^ 82u);
    case 0x2f44:
      return (int)(operand * 89u);
    case 0x2fae:
      return (int)(operand | 96u);
    case 0x3118:
      return (int)(operand + 6u);
    case 0x31cb:
      return (int)(operand - 13u);
    case 0x35b9:
      return (int)(operand ^ 20u);
    case 0x363c:
      return (int)(operand * 27u);
    case 0x3671:
      return (int)(operand | 34u);
    case 0x37f6:
      return (int)(operand + 41u);
    case 0x38dc:
      return (int)(operand - 48u);
    case 0x3998:
      return (int)(operand ^ 55u);
    case 0x3a26:
      return (int)(operand * 62u);
    case 0x3c12:
      return (int)(operand | 69u);
    case 0x3c61:
      return (int)(operand + 76u);
    case 0x3cbb:
      return (int)(operand - 83u);
    case 0x3e9c:
      return (int)(operand ^ 90u);
    case 0x3f7d:
      return (int)(operand * 97u);
    case 0x4063:
      return (int)(operand | 7u);
    case 0x4098:
      return (int)(operand + 14u);
    case 0x4193:
      return (int)(operand - 21u);
    case 0x4443:
      return (int)(operand ^ 28u);
    case 0x44c7:
      return (int)(operand * 35u);
    case 0x461a:
      return (int)(operand | 42u);
    case 0x4820:
      return (int)(operand + 49u);
    case 0x4846:
      return (int)(operand - 56u);
    case 0x492c:
      return (int)(operand ^ 63u);
    case 0x49db:
      return (int)(operand * 70u);
    case 0x4a95:
      return (int)(operand | 77u);
    case 0x4ab6:
      return (int)(operand + 84u);
    case 0x4b23:
      return (int)(operand - 91u);
    case 0x4dbd:
      return (int)(operand ^ 1u);
    case 0x4ddd:
      return (int)(operand * 8u);
    case 0x4ff8:
      return (int)(operand | 15u);
    case 0x5042:
      return (int)(operand + 22u);
    case 0x50d5:
      return (int)(operand - 29u);
    case 0x5151:
      return (int)(operand ^ 36u);
    case 0x516b:
      return (int)(operand * 43u);
    case 0x5290:
      return (int)(operand | 50u);
    case 0x53e6:
      return (int)(operand + 57u);
    case 0x580d:
      return (int)(operand - 64u);
    case 0x5812:
      return (int)(operand ^ 71u);
    case 0x5890:
      return (int)(operand * 78u);
    case 0x58b6:
      return (int)(operand | 85u);
    case 0x58ee:
      return (int)(operand + 92u);
    case 0x59d5:
      return (int)(operand - 2u);
    case 0x59ee:
      return (int)(operand ^ 9u);
    case 0x5aa5:
      return (int)(operand * 16u);
    case 0x5bff:
      return (int)(operand | 23u);
    case 0x5cd8:
      return (int)(operand + 30u);
    case 0x5d90:
      return (int)(operand - 37u);
    case 0x5e15:
      return (int)(operand ^ 44u);
    case 0x5e39:
      return (int)(operand * 51u);
    case 0x5e9d:
      return (int)(operand | 58u);
    case 0x5f87:
      return (int)(operand + 65u);
    case 0x6055:
      return (int)(operand - 72u);
    case 0x6150:
      return (int)(operand ^ 79u);
    case 0x6264:
      return (int)(operand * 86u);
    case 0x63c3:
      return (int)(operand | 93u);
    case 0x6515:
      return (int)(operand + 3u);
    case 0x6572:
      return (int)(operand - 10u);
    case 0x65e5:
      return (int)(operand ^ 17u);
    case 0x6613:
      return (int)(operand * 24u);
    case 0x668c:
      return (int)(operand | 31u);
    case 0x66dc:
      return (int)(operand + 38u);
    case 0x66e7:
      return (int)(operand - 45u);
    case 0x6723:
      return (int)(operand ^ 52u);
    case 0x6783:
      return (int)(operand * 59u);
    case 0x67d2:
      return (int)(operand | 66u);
    case 0x6b50:
      return (int)(operand + 73u);
    case 0x6c0a:
      return (int)(operand - 80u);
    case 0x6c0d:
      return (int)(operand ^ 87u);
    case 0x6c40:
      return (int)(operand * 94u);
    case 0x6c4c:
      return (int)(operand | 4u);
    case 0x6cf4:
      return (int)(operand + 11u);
    case 0x6dad:
      return (int)(operand - 18u);
    case 0x6e76:
      return (int)(operand ^ 25u);
    case 0x6f36:
      return (int)(operand * 32u);
    case 0x7003:
      return (int)(operand | 39u);
    case 0x71cc:
      return (int)(operand + 46u);
    case 0x7315:
      return (int)(operand - 53u);
    case 0x73e6:
      return (int)(operand ^ 60u);
    case 0x73fd:
      return (int)(operand * 67u);
    case 0x7503:
      return (int)(operand | 74u);
    case 0x75c9:
      return (int)(operand + 81u);
    case 0x75e6:
      return (int)(operand - 88u);
    case 0x7731:
      return (int)(operand ^ 95u);
    case 0x7831:
      return (int)(operand * 5u);
    case 0x784b:
      return (int)(operand | 12u);
    case 0x7a5e:
      return (int)(operand + 19u);
    case 0x7a61:
      return (int)(operand - 26u);
    case 0x7b86:
      return (int)(operand ^ 33u);
    case 0x7bfb:
      return (int)(operand * 40u);
    case 0x7c45:
      return (int)(operand | 47u);
    case 0x7cdc:
      return (int)(operand + 54u);
    case 0x7d26:
      return (int)(operand - 61u);
    case 0x7df2:
      return (int)(operand ^ 68u);
    case 0x7e2c:
      return (int)(operand * 75u);
    case 0x7f62:
      return (int)(operand | 82u);
    case 0x7fbf:
      return (int)(operand + 89u);
    case 0x8015:
      return (int)(operand - 96u);
    case 0x801b:
      return (int)(operand ^ 6u);
    case 0x8026:
      return (int)(operand * 13u);
    case 0x82e7:
      return (int)(operand | 20u);
    case 0x840e:
      return (int)(operand + 27u);
    case 0x84f7:
      return (int)(operand - 34u);
    case 0x8773:
      return (int)(operand ^ 41u);
    case 0x891e:
      return (int)(operand * 48u);
    case 0x89da:
      return (int)(operand | 55u);
    case 0x8a2f:
      return (int)(operand + 62u);
    case 0x8a5f:
      return (int)(operand - 69u);
    case 0x8b6a:
      return (int)(operand ^ 76u);
    case 0x8d38:
      return (int)(operand * 83u);
    case 0x8da8:
      return (int)(operand | 90u);
    case 0x8ddb:
      return (int)(operand + 97u);
    case 0x8e11:
      return (int)(operand - 7u);
    case 0x8f81:
      return (int)(operand ^ 14u);
    case 0x8fde:
      return (int)(operand * 21u);
    case 0x902c:
      return (int)(operand | 28u);
    case 0x906d:
      return (int)(operand + 35u);
    case 0x917a:
      return (int)(operand - 42u);
    case 0x91c1:
      return (int)(operand ^ 49u);
    case 0x91fb:
      return (int)(operand * 56u);
    case 0x9218:
      return (int)(operand | 63u);
    case 0x9327:
      return (int)(operand + 70u);
    case 0x933a:
      return (int)(operand - 77u);
    case 0x93b1:
      return (int)(operand ^ 84u);
    case 0x940d:
      return (int)(operand * 91u);
    case 0x94bd:
      return (int)(operand | 1u);
    case 0x94f4:
      return (int)(operand + 8u);
    case 0x9574:
      return (int)(operand - 15u);
    case 0x95e3:
      return (int)(operand ^ 22u);
    case 0x9631:
      return (int)(operand * 29u);
    case 0x963f:
      return (int)(operand | 36u);
    case 0x96e6:
      return (int)(operand + 43u);
    case 0x96e7:
      return (int)(operand - 50u);
    case 0x97d0:
      return (int)(operand ^ 57u);
    case 0x9928:
      return (int)(operand * 64u);
    case 0x9ac9:
      return (int)(operand | 71u);
    case 0x9b2e:
      return (int)(operand + 78u);
    case 0x9ce4:
      return (int)(operand - 85u);
    case 0x9d1c:
      return (int)(operand ^ 92u);
    case 0x9d65:
      return (int)(operand * 2u);
    case 0x9e1d:
      return (int)(operand | 9u);
    case 0x9e33:
      return (int)(operand + 16u);
    case 0x9f1a:
      if (operand > 200) bug();
      return 1;
    case 0x9f77:
      return (int)(operand ^ 30u);
    case 0xa19f:
      return (int)(operand * 37u);
    case 0xa270:
      return (int)(operand | 44u);
    case 0xa360:
      return (int)(operand + 51u);
    case 0xa368:
      return (int)(operand - 58u);
    case 0xa48f:
      return (int)(operand ^ 65u);
    case 0xa6aa:
      return (int)(operand * 72u);
    case 0xa7a3:
      return (int)(operand | 79u);
    case 0xa8ab:
      return (int)(operand + 86u);
    case 0xa994:
      return (int)(operand - 93u);
    case 0xab05:
      return (int)(operand ^ 3u);
    case 0xac10:
      return (int)(operand * 10u);
    case 0xac2c:
      return (int)(operand | 17u);
    case 0xae1b:
      return (int)(operand + 24u);
    case 0xaf2e:
      return (int)(operand - 31u);
    case 0xaf3a:
      return (int)(operand ^ 38u);
    case 0xaf65:
      return (int)(operand * 45u);
    case 0xaf97:
      return (int)(operand | 52u);
    case 0xafc6:
      return (int)(operand + 59u);
    case 0xb1c4:
      return (int)(operand - 66u);
    case 0xb2fe:
      return (int)(operand ^ 73u);
    case 0xb371:
      return (int)(operand * 80u);
    case 0xb3f1:
      return (int)(operand | 87u);
    case 0xb494:
      return (int)(operand + 94u);
    case 0xb5d6:
      return (int)(operand - 4u);
    case 0xb74c:
      return (int)(operand ^ 11u);
    case 0xb874:
      return (int)(operand * 18u);
    case 0xbbbc:
      return (int)(operand | 25u);
    case 0xbc2d:
      return (int)(operand + 32u);
    case 0xbe05:
      return (int)(operand - 39u);
    case 0xbe62:
      return (int)(operand ^ 46u);
    case 0xbe87:
      return (int)(operand * 53u);
    case 0xc0ea:
      return (int)(operand | 60u);
    case 0xc2d3:
      return (int)(operand + 67u);
    case 0xc4ba:
      return (int)(operand - 74u);
    case 0xc5aa:
      return (int)(operand ^ 81u);
    case 0xc7f8:
      return (int)(operand * 88u);
    case 0xc8a2:
      return (int)(operand | 95u);
    case 0xc8ac:
      return (int)(operand + 5u);
    case 0xcb02:
      return (int)(operand - 12u);
    case 0xcc5c:
      return (int)(operand ^ 19u);
    case 0xcd01:
      return (int)(operand * 26u);
    case 0xcd41:
      return (int)(operand | 33u);
    case 0xd1ed:
      return (int)(operand + 40u);
    case 0xd27f:
      return (int)(operand - 47u);
    case 0xd2bc:
      return (int)(operand ^ 54u);
    case 0xd33f:
      return (int)(operand * 61u);
    case 0xd369:
      return (int)(operand | 68u);
    case 0xd4ac:
      return (int)(operand + 75u);
    case 0xd52f:
      return (int)(operand - 82u);
    case 0xd5c2:
      return (int)(operand ^ 89u);
    case 0xd808:
      return (int)(operand * 96u);
    case 0xda53:
      return (int)(operand | 6u);
    case 0xdcc4:
      return (int)(operand + 13u);
    case 0xdcf4:
      return (int)(operand - 20u);
    case 0xde2e:
      return (int)(operand ^ 27u);
    case 0xdff8:
      return (int)(operand * 34u);
    case 0xe015:
      return (int)(operand | 41u);
    case 0xe0d4:
      return (int)(operand + 48u);
    case 0xe0e0:
      return (int)(operand - 55u);
    case 0xe109:
      return (int)(operand ^ 62u);
    case 0xe11f:
      return (int)(operand * 69u);
    case 0xe325:
      return (int)(operand | 76u);
    case 0xe35a:
      return (int)(operand + 83u);
    case 0xe415:
      return (int)(operand - 90u);
    case 0xe747:
      return (int)(operand ^ 97u);
    case 0xe9e2:
      return (int)(operand * 7u);
    case 0xebb4:
      return (int)(operand | 14u);
    case 0xed66:
      return (int)(operand + 21u);
    case 0xefea:
      return (int)(operand - 28u);
    case 0xf1ce:
      return (int)(operand ^ 35u);
    case 0xf2d6:
      return (int)(operand * 42u);
    case 0xf38c:
      return (int)(operand | 49u);
    case 0xf39d:
      return (int)(operand + 56u);
    case 0xf3a7:
      return (int)(operand - 63u);
    case 0xf3ee:
      return (int)(operand ^ 70u);
    case 0xf441:
      return (int)(operand * 77u);
    case 0xf4ae:
      return (int)(operand | 84u);
    case 0xf4fe:
      return (int)(operand + 91u);
    case 0xf599:
      return (int)(operand - 1u);
    case 0xf62d:
      return (int)(operand ^ 8u);
    case 0xf746:
      return (int)(operand * 15u);
    case 0xfaeb:
      return (int)(operand | 22u);
    case 0xfb52:
      return (int)(operand + 29u);
    case 0xfbec:
      return (int)(operand - 36u);
    case 0xfd13:
      return (int)(operand ^ 43u);
    case 0xfd89:
      return (int)(operand * 50u);
    case 0xff3b:
      return (int)(operand | 57u);
    default:
      return 0;
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Reader r = {data, 0, size};
  volatile int result = 0;
  while (left(&r) >= 3) {
    unsigned opcode = (unsigned)big(&r, 2);
    result = execute(opcode, (unsigned)next(&r));
    if (!result) return 0;
  }
  return 0;
}

// expat: a namespace-aware parse of one document, with handlers for elements, text, comments and processing instructions.
#include <expat.h>
#include <stddef.h>
#include <stdint.h>

#include "entry.h"

static void start(void *user, const XML_Char *name, const XML_Char **attributes) {
  unsigned *seen = user;
  *seen += (unsigned char)name[0];
  for (; *attributes; attributes += 2) *seen += (unsigned char)attributes[1][0];
}

static void end(void *user, const XML_Char *name) { *(unsigned *)user += (unsigned char)name[0]; }

static void text(void *user, const XML_Char *characters, int length) {
  if (length > 0) *(unsigned *)user += (unsigned char)characters[0];
}

static void comment(void *user, const XML_Char *characters) { *(unsigned *)user += (unsigned char)characters[0]; }

static void instruction(void *user, const XML_Char *name, const XML_Char *data) {
  *(unsigned *)user += (unsigned char)name[0] + (unsigned char)data[0];
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  COUNT_INPUT(size);
  XML_Parser parser = XML_ParserCreateNS(NULL, ':');
  if (!parser) return 0;
  unsigned seen = 0;
  XML_SetHashSalt(parser, 0x5eed);
  XML_SetUserData(parser, &seen);
  XML_SetElementHandler(parser, start, end);
  XML_SetCharacterDataHandler(parser, text);
  XML_SetCommentHandler(parser, comment);
  XML_SetProcessingInstructionHandler(parser, instruction);
  XML_Parse(parser, (const char *)data, (int)size, XML_TRUE);
  XML_ParserFree(parser);
  return 0;
}

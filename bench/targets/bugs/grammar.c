// A small language: statements `let NAME = EXPRESSION;` and `print EXPRESSION;` with operators, brackets and names. The
// bug is in folding a division by a name that was bound to zero.
#include "bug.h"

#define NAMES 26

typedef struct {
  Reader r;
  int failed;
  int bound[NAMES], value[NAMES];
} Parser;

static void space(Parser *p) {
  while (peek(&p->r) == ' ' || peek(&p->r) == '\n') next(&p->r);
}

static int accept(Parser *p, int c) {
  space(p);
  if (peek(&p->r) != c) return 0;
  next(&p->r);
  return 1;
}

static void expect(Parser *p, int c) {
  if (!accept(p, c)) p->failed = 1;
}

static int keyword(Parser *p, const char *word) {
  space(p);
  size_t length = strlen(word);
  if (left(&p->r) < length || memcmp(p->r.data + p->r.at, word, length) != 0) return 0;
  p->r.at += length;
  return 1;
}

static int expression(Parser *p, int depth);

static int atom(Parser *p, int depth, int *isName) {
  space(p);
  int c = peek(&p->r);
  *isName = 0;
  if (c >= '0' && c <= '9') return next(&p->r) - '0';
  if (c >= 'a' && c <= 'z') {
    next(&p->r);
    *isName = 1;
    if (!p->bound[c - 'a']) p->failed = 1;
    return p->value[c - 'a'];
  }
  if (c == '(' && depth < 20) {
    next(&p->r);
    int inner = expression(p, depth + 1);
    expect(p, ')');
    return inner;
  }
  p->failed = 1;
  return 0;
}

static int term(Parser *p, int depth) {
  int isName;
  int result = atom(p, depth, &isName);
  while (!p->failed) {
    if (accept(p, '*')) {
      result *= atom(p, depth, &isName);
    } else if (accept(p, '/')) {
      int divisor = atom(p, depth, &isName);
      if (p->failed) return 0;
      if (divisor == 0) {
        if (isName) bug();
        p->failed = 1;
        return 0;
      }
      result /= divisor;
    } else {
      break;
    }
  }
  return result;
}

static int expression(Parser *p, int depth) {
  int result = term(p, depth);
  while (!p->failed) {
    if (accept(p, '+'))
      result += term(p, depth);
    else if (accept(p, '-'))
      result -= term(p, depth);
    else
      break;
  }
  return result;
}

static void statement(Parser *p) {
  if (keyword(p, "let")) {
    space(p);
    int name = next(&p->r);
    if (name < 'a' || name > 'z') {
      p->failed = 1;
      return;
    }
    expect(p, '=');
    if (p->failed) return;
    int value = expression(p, 0);
    p->bound[name - 'a'] = 1;
    p->value[name - 'a'] = value;
  } else if (keyword(p, "print")) {
    expression(p, 0);
  } else {
    p->failed = 1;
  }
  expect(p, ';');
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Parser p = {.r = {data, 0, size}};
  do statement(&p);
  while (!p.failed && left(&p.r));
  return 0;
}

// A date in text, checked as calendars are: the leap day of a century is a special case that was forgotten.
#include "bug.h"

static int digits(Reader *r, int count) {
  int value = 0;
  for (; count > 0; count--) {
    int c = next(r);
    if (c < '0' || c > '9') return -1;
    value = value * 10 + c - '0';
  }
  return value;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  Reader r = {data, 0, size};
  int year = digits(&r, 4);
  if (year < 1583 || next(&r) != '-') return 0;
  int month = digits(&r, 2);
  if (month < 1 || month > 12 || next(&r) != '-') return 0;
  int day = digits(&r, 2);
  if (day < 1 || day > days[month - 1] || left(&r)) return 0;
  if (month == 2 && day == 29 && year % 100 == 0 && year % 400 != 0) bug();
  return 0;
}

// A session with states: hello, user, password, select, fetch, idle. Commands out of order close it.
#include "bug.h"

enum { CLOSED, GREETED, NAMED, TRUSTED, SELECTED, FETCHING, IDLE };

static int step(int state, int command, int argument) {
  switch (state) {
    case CLOSED:
      return command == 'H' ? GREETED : -1;
    case GREETED:
      return command == 'U' && argument != 0 ? NAMED : command == 'H' ? GREETED : -1;
    case NAMED:
      return command == 'P' ? (argument == 0x2a ? TRUSTED : GREETED) : -1;
    case TRUSTED:
      return command == 'S' && argument < 4 ? SELECTED : command == 'Q' ? CLOSED : -1;
    case SELECTED:
      if (command == 'F') return argument > 9 ? FETCHING : SELECTED;
      return command == 'C' ? TRUSTED : -1;
    case FETCHING:
      return command == 'I' ? IDLE : command == 'F' ? FETCHING : SELECTED;
    default:
      // Leaving the idle state by a fetch uses a buffer that was given back.
      if (command == 'F') bug();
      return command == 'D' ? SELECTED : -1;
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  int state = CLOSED;
  for (size_t at = 0; at + 1 < size && state >= 0; at += 2) state = step(state, data[at], data[at + 1]);
  return 0;
}

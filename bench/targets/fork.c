/* So many times: fork a child that ends at once, and wait for it. The parent has written to 128 KiB and stands 8 calls
 * deep, as the simulation does that it is compared with. Prints nanoseconds of CPU for each, children included. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static char state[128 * 1024];

static double seconds(int who) {
  struct rusage usage;
  getrusage(who, &usage);
  return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

__attribute__((noinline)) static int fork_below(int frames, int count) {
  volatile char here[16] = {0};
  if (frames) return fork_below(frames - 1, count) + here[0];
  for (int i = 0; i < count; i++) {
    pid_t child = fork();
    if (child == 0) {
      state[i % sizeof state]++;
      _exit(0);
    }
    if (child < 0 || waitpid(child, NULL, 0) != child) return 1;
  }
  return 0;
}

int main(int argc, char **argv) {
  int count = argc > 1 ? atoi(argv[1]) : 1000;
  memset(state, 1, sizeof state);
  double before = seconds(RUSAGE_SELF) + seconds(RUSAGE_CHILDREN);
  if (fork_below(8, count)) return 1;
  printf("%.1f\n", (seconds(RUSAGE_SELF) + seconds(RUSAGE_CHILDREN) - before) * 1e9 / count);
  return 0;
}

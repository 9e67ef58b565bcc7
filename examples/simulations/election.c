/* The election of election.ts: three servers, a network that loses and reorders, and votes that are not on disk. */
#include "fuzzbox.h"

enum { SERVERS = 3, NOBODY = -1, MESSAGES_MAX = 16, STEPS_MAX = 200 };
enum role { FOLLOWER, CANDIDATE, LEADER };
enum kind { ASK_VOTE, GIVE_VOTE, HEARTBEAT };

/* What a server keeps: its term survives a restart, its vote should too and does not. */
static struct {
  int term, voted_for;
  enum role role;
  uint32_t votes;
} servers[SERVERS];

/* Messages under way, in no order. */
static struct message {
  enum kind kind;
  int from, to, term;
} messages[MESSAGES_MAX];
static int under_way;

static int64_t capped(int term) { return term < 8 ? term : 8; }

static void send(enum kind kind, int from, int to) {
  if (under_way == MESSAGES_MAX || fuzzbox_chance(0.15)) {
    FUZZBOX_REACHABLE("a message is lost");
    return;
  }
  messages[under_way++] = (struct message){kind, from, to, servers[from].term};
}

static void send_to_all(enum kind kind, int from) {
  for (int to = 0; to < SERVERS; to++)
    if (to != from) send(kind, from, to);
}

static void follow(int server, int term) {
  servers[server].term = term;
  servers[server].voted_for = NOBODY;
  servers[server].role = FOLLOWER;
}

static void decide_vote(int server, int candidate) {
  int before = servers[server].voted_for;
  if (before != NOBODY && before != candidate) {
    FUZZBOX_SOMETIMES(1, "a vote is refused");
    return;
  }
  servers[server].voted_for = candidate;
  send(GIVE_VOTE, server, candidate);
}

static void count_vote(int server, int from) {
  if (servers[server].role != CANDIDATE) return;
  servers[server].votes |= 1u << from;
  if (__builtin_popcount(servers[server].votes) * 2 <= SERVERS) return;
  servers[server].role = LEADER;
  FUZZBOX_EACH("a leader is elected", KEYS(capped(servers[server].term)));
  send_to_all(HEARTBEAT, server);
}

/* Any of the messages under way arrives. */
static void deliver(void) {
  if (under_way == 0) return;
  uint32_t at = fuzzbox_below((uint32_t)under_way);
  struct message message = messages[at];
  messages[at] = messages[--under_way];
  int to = message.to;
  if (message.term > servers[to].term) follow(to, message.term);
  if (message.term < servers[to].term) return;
  if (message.kind == ASK_VOTE) decide_vote(to, message.from);
  else if (message.kind == GIVE_VOTE) count_vote(to, message.from);
  else servers[to].role = FOLLOWER;
}

/* A server that has heard nothing for too long stands for election. */
static void time_out(int server) {
  if (servers[server].role == LEADER) return;
  follow(server, servers[server].term + 1);
  servers[server].voted_for = server;
  servers[server].votes = 1u << server;
  servers[server].role = CANDIDATE;
  send_to_all(ASK_VOTE, server);
}

/* What is in memory is gone; what is on disk, the term, stays. */
static void restart(int server) {
  int voted_for = servers[server].voted_for;
  if (voted_for != NOBODY && voted_for != server)
    FUZZBOX_EACH("a voter restarts", KEYS(capped(servers[server].term)), QUALITY(under_way));
  servers[server].voted_for = NOBODY;
  servers[server].votes = 0;
  servers[server].role = FOLLOWER;
}

static void check(void) {
  for (int one = 0; one < SERVERS; one++)
    for (int other = 0; other < one; other++) {
      int same_term = servers[one].term == servers[other].term;
      int both = same_term && servers[one].role == LEADER && servers[other].role == LEADER;
      FUZZBOX_ALWAYS(!both, "one leader at most in a term", "term", servers[one].term, "one", one, "other", other);
    }
  FUZZBOX_SOMETIMES_ALL("all stand for election", servers[0].role != FOLLOWER, servers[1].role != FOLLOWER,
                        servers[2].role != FOLLOWER);
}

/* The highest term. */
__attribute__((export_name("simulate"))) int simulate(void) {
  for (int server = 0; server < SERVERS; server++) servers[server].voted_for = NOBODY;
  for (int step = 0; step < STEPS_MAX; step++) {
    uint32_t event = fuzzbox_below(20);
    if (event < 16) deliver();
    else if (event < 19) time_out((int)fuzzbox_below(SERVERS));
    else restart((int)fuzzbox_below(SERVERS));
    check();
  }
  int highest = 0;
  for (int server = 0; server < SERVERS; server++)
    if (servers[server].term > highest) highest = servers[server].term;
  FUZZBOX_SOMETIMES_GT(highest, 3, "many elections");
  return highest;
}

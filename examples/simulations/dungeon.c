/* Eight floors of rooms, keys, traps and enemies, walked at random: the bug, the treasure on the last floor, needs a key
 * on each floor before it. The same as dungeon.ts. */
#include "fuzzbox.h"

enum { WIDTH = 35, HEIGHT = 20, ROOMS_MAX = 6, FLOORS = 8, HEALTH_MAX = 5, STEPS_MAX = 10000, ENEMIES_MAX = 12 };
enum { TILES = WIDTH * HEIGHT, NOWHERE = -1, TRIES = 100, DESCEND = 8, SEARCH = 9, STAY = 8 };
enum outcome { ALIVE, ENTERED, DAMAGED, DEAD, MISSING_KEY, DESCENDED, WON };

struct room { int x, y, width, height; };

static const int step_x[9] = {0, 1, 1, 1, 0, -1, -1, -1, 0};
static const int step_y[9] = {-1, -1, 0, 1, 1, 1, 0, -1, 0};

static uint8_t open_tile[TILES], trap_tile[TILES];
static int8_t room_of[TILES];
static struct room rooms[ROOMS_MAX];
static int room_count, enemies[ENEMIES_MAX], enemy_count;
static int player, goal, key, potion;
static int level = 1, health = HEALTH_MAX, has_key, previous = NOWHERE, steps;

static int centre_x(int room) { return rooms[room].x + rooms[room].width / 2; }
static int centre_y(int room) { return rooms[room].y + rooms[room].height / 2; }
static int centre(int room) { return centre_y(room) * WIDTH + centre_x(room); }

static void dig_rooms(void) {
  room_count = 4 + (int)fuzzbox_below(3);
  for (int i = 0; i < room_count; i++) {
    struct room room;
    room.width = 3 + (int)fuzzbox_below(4);
    room.height = 3 + (int)fuzzbox_below(3);
    room.x = 1 + (int)fuzzbox_below((uint32_t)(WIDTH - room.width - 2));
    room.y = 1 + (int)fuzzbox_below((uint32_t)(HEIGHT - room.height - 2));
    /* In order of their centres; those that are level stay in the order they were dug. */
    int at = i;
    for (; at > 0 && centre_x(at - 1) > room.x + room.width / 2; at--) rooms[at] = rooms[at - 1];
    rooms[at] = room;
  }
  for (int i = 0; i < room_count; i++)
    for (int y = 0; y < rooms[i].height; y++)
      for (int x = 0; x < rooms[i].width; x++) {
        int tile = (rooms[i].y + y) * WIDTH + rooms[i].x + x;
        open_tile[tile] = 1;
        room_of[tile] = (int8_t)i;
      }
}

static void dig_corridors(void) {
  for (int i = 0; i + 1 < room_count; i++) {
    int x = centre_x(i), y = centre_y(i), to_x = centre_x(i + 1), to_y = centre_y(i + 1);
    for (; x != to_x; x += x < to_x ? 1 : -1) open_tile[y * WIDTH + x] = 1;
    for (; y != to_y; y += y < to_y ? 1 : -1) open_tile[y * WIDTH + x] = 1;
    open_tile[y * WIDTH + x] = 1;
  }
}

static int free_tile(void) {
  for (int i = 0; i < TRIES; i++) {
    int x = (int)fuzzbox_below(WIDTH), y = (int)fuzzbox_below(HEIGHT);
    if (open_tile[y * WIDTH + x] && y * WIDTH + x != player) return y * WIDTH + x;
  }
  return NOWHERE;
}

static void build_floor(void) {
  for (int i = 0; i < TILES; i++) open_tile[i] = trap_tile[i] = 0, room_of[i] = NOWHERE;
  dig_rooms();
  dig_corridors();
  player = centre(0);
  goal = centre(room_count - 1);
  key = centre(1 + (int)fuzzbox_below((uint32_t)(room_count - 2)));
  potion = centre(1 + (int)fuzzbox_below((uint32_t)(room_count - 2)));
  if (potion == key) potion = NOWHERE;
  has_key = 0;
  for (int i = 2 + (int)fuzzbox_below(2); i > 0; i--) {
    int tile = free_tile();
    if (tile != NOWHERE) trap_tile[tile] = 1;
  }
  enemy_count = 0;
  for (int i = 2 + level / 2 + (int)fuzzbox_below(4); i > 0; i--) {
    int tile = free_tile();
    if (tile != NOWHERE) enemies[enemy_count++] = tile;
  }
}

static int moved(int tile, int direction) {
  int x = tile % WIDTH + step_x[direction], y = tile / WIDTH + step_y[direction];
  if (x < 0 || x >= WIDTH || y < 0 || y >= HEIGHT || !open_tile[y * WIDTH + x]) return tile;
  return y * WIDTH + x;
}

static enum outcome move_player(int direction) {
  int before = room_of[player];
  player = moved(player, direction);
  if (player == potion) {
    health = health + 2 > HEALTH_MAX ? HEALTH_MAX : health + 2;
    potion = NOWHERE;
  }
  if (trap_tile[player]) {
    trap_tile[player] = 0;
    if (--health <= 0) return DEAD;
  }
  return room_of[player] != NOWHERE && room_of[player] != before ? ENTERED : ALIVE;
}

static enum outcome act(int action) {
  enum outcome outcome = ALIVE;
  if (action == DESCEND) {
    if (player == goal && level < FLOORS) {
      if (!has_key) return MISSING_KEY;
      level++;
      build_floor();
      return DESCENDED;
    }
  } else if (action == SEARCH) {
    if (player == goal && level == FLOORS) return WON;
  } else {
    outcome = move_player(action);
    if (outcome == DEAD) return DEAD;
  }
  for (int i = 0; i < enemy_count; i++) enemies[i] = moved(enemies[i], (int)fuzzbox_below(9));
  for (int i = 0; i < enemy_count; i++)
    if (enemies[i] == player) {
      health -= 1 + (int)fuzzbox_below(2);
      return health <= 0 ? DEAD : DAMAGED;
    }
  return outcome;
}

static int class_of(int points) { return points <= 1 ? 0 : points == 2 ? 1 : points <= 4 ? 2 : 3; }

static void pick_key_up(void) {
  if (fuzzbox_f64() >= 0.03) return;
  has_key = 1;
  key = NOWHERE;
  switch (level) {
    case 1: FUZZBOX_SOMETIMES(1, "key found L1"); break;
    case 2: FUZZBOX_SOMETIMES(1, "key found L2"); break;
    case 3: FUZZBOX_SOMETIMES(1, "key found L3"); break;
    case 4: FUZZBOX_SOMETIMES(1, "key found L4"); break;
    case 5: FUZZBOX_SOMETIMES(1, "key found L5"); break;
    case 6: FUZZBOX_SOMETIMES(1, "key found L6"); break;
    case 7: FUZZBOX_SOMETIMES(1, "key found L7"); break;
    default: FUZZBOX_SOMETIMES(1, "key found L8");
  }
}

static void mark(enum outcome outcome, int class_before) {
  int class = class_of(health);
  if (player == key && !has_key) {
    FUZZBOX_EACH("on key tile", KEYS(level), QUALITY(class_before));
    pick_key_up();
  }
  if (player == goal && level < FLOORS && has_key) FUZZBOX_EACH("stairs with key", KEYS(level), QUALITY(class));
  if (player == goal && level == FLOORS) FUZZBOX_SOMETIMES(1, "near treasure");
  if (outcome == DESCENDED) FUZZBOX_EACH("descended", KEYS(level), QUALITY(class));
  if (outcome == WON) FUZZBOX_SOMETIMES(1, "treasure found");
  if (outcome == MISSING_KEY) FUZZBOX_SOMETIMES(1, "stairs need a key");
  if (outcome == DAMAGED) FUZZBOX_SOMETIMES(1, "took damage");
  if (outcome == ENTERED) {
    int room = room_of[player];
    FUZZBOX_EACH("room explored", KEYS(level, room), QUALITY(has_key, class));
    if (room == room_count - 1) FUZZBOX_EACH("goal room", KEYS(level), QUALITY(has_key, class));
  }
  FUZZBOX_SOMETIMES_GT(level, 0, "floor reached");
  FUZZBOX_SOMETIMES_GT(health, 0, "health kept");
}

__attribute__((export_name("simulate"))) int simulate(void) {
  build_floor();
  while (steps < STEPS_MAX) {
    steps++;
    int action = (int)(fuzzbox_random64() % 10);
    if (fuzzbox_f64() < 0.7 && previous != NOWHERE) action = previous;
    previous = action;
    int class_before = class_of(health);
    enum outcome outcome = act(action);
    if (outcome == DEAD) break;
    mark(outcome, class_before);
    FUZZBOX_ALWAYS(outcome != WON, "the treasure stays hidden", "steps", steps, "health", health);
    if (outcome == WON) break;
  }
  return steps << 8 | level << 4 | (health > 0 ? health : 0);
}

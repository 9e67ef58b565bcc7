// Eight floors of rooms, keys, traps and enemies, walked at random: the bug, the treasure on the last floor, needs a key
// on each floor before it.
import {
  always,
  below,
  each,
  fraction,
  keys1,
  keys2,
  quality1,
  quality2,
  random64,
  sometimes,
  sometimesGt,
} from 'fuzzbox/assembly'

const WIDTH: i32 = 35
const HEIGHT: i32 = 20
const TILES: i32 = WIDTH * HEIGHT
const ROOMS_MAX: i32 = 6
const ENEMIES_MAX: i32 = 12
const FLOORS: i32 = 8
const HEALTH_MAX: i32 = 5
const STEPS_MAX: i32 = 10000
const TRIES: i32 = 100
const NOWHERE: i32 = -1

const DESCEND: i32 = 8
const SEARCH: i32 = 9

enum Outcome {
  ALIVE,
  ENTERED,
  DAMAGED,
  DEAD,
  MISSING_KEY,
  DESCENDED,
  WON,
}

/** Eight directions from north, clockwise, and none. */
const stepX: StaticArray<i32> = [0, 1, 1, 1, 0, -1, -1, -1, 0]
const stepY: StaticArray<i32> = [-1, -1, 0, 1, 1, 1, 0, -1, 0]

const openTile = new StaticArray<u8>(TILES)
const trapTile = new StaticArray<u8>(TILES)
const roomOf = new StaticArray<i8>(TILES)
const roomX = new StaticArray<i32>(ROOMS_MAX)
const roomY = new StaticArray<i32>(ROOMS_MAX)
const roomWidth = new StaticArray<i32>(ROOMS_MAX)
const roomHeight = new StaticArray<i32>(ROOMS_MAX)
const enemies = new StaticArray<i32>(ENEMIES_MAX)
let roomCount: i32 = 0
let enemyCount: i32 = 0
let player: i32 = 0
let goal: i32 = 0
let key: i32 = 0
let potion: i32 = 0
let level: i32 = 1
let health: i32 = HEALTH_MAX
let hasKey: bool = false
let previous: i32 = NOWHERE
let steps: i32 = 0

function centreX(room: i32): i32 {
  return roomX[room] + roomWidth[room] / 2
}

function centreY(room: i32): i32 {
  return roomY[room] + roomHeight[room] / 2
}

function centre(room: i32): i32 {
  return centreY(room) * WIDTH + centreX(room)
}

function digRooms(): void {
  roomCount = 4 + below(3)
  for (let i = 0; i < roomCount; i++) {
    const width = 3 + below(4)
    const height = 3 + below(3)
    const x = 1 + below(WIDTH - width - 2)
    const y = 1 + below(HEIGHT - height - 2)
    // In order of their centres; those that are level stay in the order they were dug.
    let at = i
    for (; at > 0 && centreX(at - 1) > <i32>x + <i32>width / 2; at--) moveRoom(at - 1, at)
    roomX[at] = x
    roomY[at] = y
    roomWidth[at] = width
    roomHeight[at] = height
  }
  for (let i = 0; i < roomCount; i++) carve(i)
}

function moveRoom(from: i32, to: i32): void {
  roomX[to] = roomX[from]
  roomY[to] = roomY[from]
  roomWidth[to] = roomWidth[from]
  roomHeight[to] = roomHeight[from]
}

function carve(room: i32): void {
  for (let y = roomY[room]; y < roomY[room] + roomHeight[room]; y++) {
    for (let x = roomX[room]; x < roomX[room] + roomWidth[room]; x++) {
      openTile[y * WIDTH + x] = 1
      roomOf[y * WIDTH + x] = <i8>room
    }
  }
}

function digCorridors(): void {
  for (let i = 0; i + 1 < roomCount; i++) {
    let x = centreX(i)
    let y = centreY(i)
    const toX = centreX(i + 1)
    const toY = centreY(i + 1)
    for (; x != toX; x += x < toX ? 1 : -1) openTile[y * WIDTH + x] = 1
    for (; y != toY; y += y < toY ? 1 : -1) openTile[y * WIDTH + x] = 1
    openTile[y * WIDTH + x] = 1
  }
}

function freeTile(): i32 {
  for (let i = 0; i < TRIES; i++) {
    const x: i32 = below(WIDTH)
    const tile: i32 = below(HEIGHT) * WIDTH + x
    if (openTile[tile] && tile != player) return tile
  }
  return NOWHERE
}

function buildFloor(): void {
  for (let i = 0; i < TILES; i++) {
    openTile[i] = 0
    trapTile[i] = 0
    roomOf[i] = <i8>NOWHERE
  }
  digRooms()
  digCorridors()
  player = centre(0)
  goal = centre(roomCount - 1)
  key = centre(1 + below(roomCount - 2))
  potion = centre(1 + below(roomCount - 2))
  if (potion == key) potion = NOWHERE
  hasKey = false
  for (let i: i32 = 2 + below(2); i > 0; i--) {
    const tile = freeTile()
    if (tile != NOWHERE) trapTile[tile] = 1
  }
  enemyCount = 0
  for (let i: i32 = 2 + level / 2 + below(4); i > 0; i--) {
    const tile = freeTile()
    if (tile != NOWHERE) enemies[enemyCount++] = tile
  }
}

function moved(tile: i32, direction: i32): i32 {
  const x = (tile % WIDTH) + stepX[direction]
  const y = tile / WIDTH + stepY[direction]
  if (x < 0 || x >= WIDTH || y < 0 || y >= HEIGHT || !openTile[y * WIDTH + x]) return tile
  return y * WIDTH + x
}

function movePlayer(direction: i32): Outcome {
  const before = roomOf[player]
  player = moved(player, direction)
  if (player == potion) {
    health = min(health + 2, HEALTH_MAX)
    potion = NOWHERE
  }
  if (trapTile[player]) {
    trapTile[player] = 0
    if (--health <= 0) return Outcome.DEAD
  }
  return roomOf[player] != NOWHERE && roomOf[player] != before ? Outcome.ENTERED : Outcome.ALIVE
}

function act(action: i32): Outcome {
  let outcome = Outcome.ALIVE
  if (action == DESCEND) {
    if (player == goal && level < FLOORS) {
      if (!hasKey) return Outcome.MISSING_KEY
      level++
      buildFloor()
      return Outcome.DESCENDED
    }
  } else if (action == SEARCH) {
    if (player == goal && level == FLOORS) return Outcome.WON
  } else {
    outcome = movePlayer(action)
    if (outcome == Outcome.DEAD) return outcome
  }
  for (let i = 0; i < enemyCount; i++) enemies[i] = moved(enemies[i], below(9))
  for (let i = 0; i < enemyCount; i++) {
    if (enemies[i] == player) {
      health -= 1 + below(2)
      return health <= 0 ? Outcome.DEAD : Outcome.DAMAGED
    }
  }
  return outcome
}

function classOf(points: i32): i32 {
  if (points <= 1) return 0
  if (points == 2) return 1
  return points <= 4 ? 2 : 3
}

function pickKeyUp(): void {
  if (fraction() >= 0.03) return
  hasKey = true
  key = NOWHERE
  if (level == 1) sometimes(true, 'key found L1')
  else if (level == 2) sometimes(true, 'key found L2')
  else if (level == 3) sometimes(true, 'key found L3')
  else if (level == 4) sometimes(true, 'key found L4')
  else if (level == 5) sometimes(true, 'key found L5')
  else if (level == 6) sometimes(true, 'key found L6')
  else if (level == 7) sometimes(true, 'key found L7')
  else sometimes(true, 'key found L8')
}

function mark(outcome: Outcome, classBefore: i32): void {
  const healthClass = classOf(health)
  if (player == key && !hasKey) {
    each('on key tile', keys1(level), quality1(classBefore))
    pickKeyUp()
  }
  if (player == goal && level < FLOORS && hasKey) each('stairs with key', keys1(level), quality1(healthClass))
  if (player == goal && level == FLOORS) sometimes(true, 'near treasure')
  if (outcome == Outcome.DESCENDED) each('descended', keys1(level), quality1(healthClass))
  if (outcome == Outcome.WON) sometimes(true, 'treasure found')
  if (outcome == Outcome.MISSING_KEY) sometimes(true, 'stairs need a key')
  if (outcome == Outcome.DAMAGED) sometimes(true, 'took damage')
  if (outcome == Outcome.ENTERED) {
    const room: i32 = roomOf[player]
    each('room explored', keys2(level, room), quality2(hasKey, healthClass))
    if (room == roomCount - 1) each('goal room', keys1(level), quality2(hasKey, healthClass))
  }
  sometimesGt(level, 0, 'floor reached')
  sometimesGt(health, 0, 'health kept')
}

/** Steps, floor and health at the end. */
export function simulate(): i32 {
  buildFloor()
  while (steps < STEPS_MAX) {
    steps++
    let action = <i32>(random64() % 10)
    if (fraction() < 0.7 && previous != NOWHERE) action = previous
    previous = action
    const classBefore = classOf(health)
    const outcome = act(action)
    if (outcome == Outcome.DEAD) break
    mark(outcome, classBefore)
    always(outcome != Outcome.WON, 'the treasure stays hidden')
    if (outcome == Outcome.WON) break
  }
  return (steps << 8) | (level << 4) | max(health, 0)
}

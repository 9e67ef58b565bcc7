// Three servers elect a leader over a network that loses, delays and reorders messages, and now and then one restarts.
// They follow Raft's rules (Ongaro and Ousterhout 2014) but for one: whom a server has voted for is not on its disk. So a
// server that votes, restarts, and is asked again in the same term votes twice, and two leaders can reign at once.
import { always, below, chance, each, keys1, quality1, reachable, sometimes, sometimesAll, sometimesGt } from 'fuzzbox/assembly'

const SERVERS: i32 = 3
const NOBODY: i32 = -1
const MESSAGES_MAX: i32 = 16
const STEPS_MAX: i32 = 200

enum Role {
  FOLLOWER,
  CANDIDATE,
  LEADER,
}

enum Kind {
  ASK_VOTE,
  GIVE_VOTE,
  HEARTBEAT,
}

// ── what a server keeps: its term survives a restart, its vote should too and does not ──────────────────────────────

const term = new StaticArray<i32>(SERVERS)
const votedFor = new StaticArray<i32>(SERVERS)
const role = new StaticArray<i32>(SERVERS)
/** One bit for each server that voted for this one in its term. */
const votes = new StaticArray<u32>(SERVERS)

// ── messages under way, in no order ─────────────────────────────────────────────────────────────────────────────────

const kinds = new StaticArray<i32>(MESSAGES_MAX)
const senders = new StaticArray<i32>(MESSAGES_MAX)
const receivers = new StaticArray<i32>(MESSAGES_MAX)
const terms = new StaticArray<i32>(MESSAGES_MAX)
let messages: i32 = 0

function send(kind: Kind, from: i32, to: i32): void {
  if (messages == MESSAGES_MAX || chance(0.15)) {
    reachable('a message is lost')
    return
  }
  kinds[messages] = kind
  senders[messages] = from
  receivers[messages] = to
  terms[messages] = term[from]
  messages++
}

function sendToAll(kind: Kind, from: i32): void {
  for (let to = 0; to < SERVERS; to++) if (to != from) send(kind, from, to)
}

/** Delivers any of the messages under way. */
function deliver(): void {
  if (messages == 0) return
  const at: i32 = below(messages)
  const kind = kinds[at]
  const from = senders[at]
  const to = receivers[at]
  const sent = terms[at]
  messages--
  kinds[at] = kinds[messages]
  senders[at] = senders[messages]
  receivers[at] = receivers[messages]
  terms[at] = terms[messages]
  if (sent > term[to]) follow(to, sent)
  if (sent < term[to]) return
  if (kind == Kind.ASK_VOTE) decideVote(to, from)
  else if (kind == Kind.GIVE_VOTE) countVote(to, from)
  else role[to] = Role.FOLLOWER
}

function follow(server: i32, newTerm: i32): void {
  term[server] = newTerm
  votedFor[server] = NOBODY
  role[server] = Role.FOLLOWER
}

function decideVote(server: i32, candidate: i32): void {
  if (votedFor[server] != NOBODY && votedFor[server] != candidate) {
    sometimes(true, 'a vote is refused')
    return
  }
  votedFor[server] = candidate
  send(Kind.GIVE_VOTE, server, candidate)
}

function countVote(server: i32, from: i32): void {
  if (role[server] != Role.CANDIDATE) return
  votes[server] |= 1 << from
  if (<i32>popcnt<u32>(votes[server]) * 2 <= SERVERS) return
  role[server] = Role.LEADER
  each('a leader is elected', keys1(min(term[server], 8)))
  sendToAll(Kind.HEARTBEAT, server)
}

/** A server that has heard nothing for too long stands for election. */
function timeOut(server: i32): void {
  if (role[server] == Role.LEADER) return
  follow(server, term[server] + 1)
  votedFor[server] = server
  votes[server] = 1 << server
  role[server] = Role.CANDIDATE
  sendToAll(Kind.ASK_VOTE, server)
}

/** What is in memory is gone; what is on disk, the term, stays. */
function restart(server: i32): void {
  if (votedFor[server] != NOBODY && votedFor[server] != server) {
    each('a voter restarts', keys1(min(term[server], 8)), quality1(messages))
  }
  votedFor[server] = NOBODY
  votes[server] = 0
  role[server] = Role.FOLLOWER
}

function check(): void {
  let rivals: u32 = 0
  for (let server = 0; server < SERVERS; server++) {
    if (role[server] != Role.FOLLOWER) rivals |= 1 << server
    for (let other = 0; other < server; other++) {
      const both = role[server] == Role.LEADER && role[other] == Role.LEADER && term[server] == term[other]
      always(!both, 'one leader at most in a term', both ? 'term=' + term[server].toString() : '')
    }
  }
  sometimesAll(rivals, SERVERS, 'all stand for election')
}

/** The highest term. */
export function simulate(): i32 {
  for (let server = 0; server < SERVERS; server++) votedFor[server] = NOBODY
  for (let step = 0; step < STEPS_MAX; step++) {
    const event = below(20)
    if (event < 16) deliver()
    else if (event < 19) timeOut(below(SERVERS))
    else restart(below(SERVERS))
    check()
  }
  const highest = max(term[0], max(term[1], term[2]))
  sometimesGt(highest, 3, 'many elections')
  return highest
}

// The tree of snapshots: who came from whom, which of them nobody came from, and the handles by which the host knows them.
//
//   list of leaves   newest ◄─► … ◄─► oldest     in the order of their last use: the last one is thrown out first
import { EXPLORE_DRAWS, EXPLORE_MARK_CALLS } from '../abi'
import { reserve } from '../memory'
import { giveBlock, giveChain, readBytes, seekChain, skipBytes } from './blocks'

const NODES_MAX: u32 = 0x0001_0000
/** granule, view before, block: u32 each. */
export const ENTRY_BYTES: u32 = 12

// A node, u32 each.
export const NODE_PARENT = 0
export const NODE_CHILDREN = 4
export const NODE_CHAIN = 8
export const NODE_ENTRIES = 12
/** Neighbours in the list of leaves, the one used last first; of an unused node, the next unused one. */
export const NODE_NEWER = 16
export const NODE_OLDER = 20
/** Raised whenever the place is used for another node, so that a stale handle is known. */
export const NODE_GENERATION = 24
export const NODE_DEPTH = 28
export const NODE_STACK_BYTES = 32
/** 1 while the node is held. */
export const NODE_HELD = 36
/** Where in the chain host state begins. */
export const NODE_HOST_BLOCK = 40
export const NODE_HOST_AT = 44
/** u64 each: EXPLORE_DRAWS and EXPLORE_MARK_CALLS, by which a handle is checked. */
export const NODE_DRAWS = 48
export const NODE_MARK_CALLS = 56
/** Pages of memory as the target sees them. */
export const NODE_PAGES = 64
/** Bytes of host state; 0 where the run had touched none. */
export const NODE_HOST_BYTES = 68
export const NODE_BYTES: u32 = 80

/** The base snapshot: no granules of its own, never in the list of leaves. */
export const NODE_BASE: u32 = 0
export const NODE_NONE: u32 = 0xffff_ffff

/** Each node's record. */
let nodes: usize = 0
let nodesMax: u32 = 0
/** Nodes from here on were never used; those given back hang together by NODE_OLDER. */
let nodesFresh: u32 = 1
let nodesFree: u32 = NODE_NONE
let nodesHeld: u32 = 0
export let newest: u32 = NODE_NONE
export let oldest: u32 = NODE_NONE

/** Room for so many nodes at most, and for the way from one to another; 0 where it cannot be had. */
export function layOutNodes(blocks: u32): u32 {
  nodesMax = min(NODES_MAX, max(blocks, 2))
  nodes = reserve(<u64>NODE_BYTES * nodesMax)
  if (!nodes) return 0
  memory.fill(nodes, 0, <usize>(NODE_BYTES * nodesMax))
  store<u32>(node(NODE_BASE), 1, NODE_HELD)
  nodesFresh = 1
  nodesFree = NODE_NONE
  nodesHeld = 0
  newest = oldest = NODE_NONE
  return nodesMax
}

export function node(index: u32): usize {
  return nodes + <usize>(index * NODE_BYTES)
}

export function snapshotsHeld(): u32 {
  return nodesHeld
}

export function hasNode(): bool {
  return nodesFree != NODE_NONE || nodesFresh != nodesMax
}

// ── handles: a node's index and its generation ──────────────────────────────────────────────────────────────────────

/** The node's handle: never 0. */
export function handleOf(index: u32): u32 {
  return (index << 16) | (load<u32>(node(index), NODE_GENERATION) & 0xffff)
}

/** The node of a handle that is still held, at this moment; NODE_NONE for one that is gone. */
export function nodeOf(handle: u32, draws: u64, markCalls: u64): u32 {
  const index = handle >>> 16
  if (index == NODE_BASE || index >= nodesMax) return NODE_NONE
  const at = node(index)
  const held =
    load<u32>(at, NODE_HELD) == 1 &&
    (load<u32>(at, NODE_GENERATION) & 0xffff) == (handle & 0xffff) &&
    load<u64>(at, NODE_DRAWS) == draws &&
    load<u64>(at, NODE_MARK_CALLS) == markCalls
  return held ? index : NODE_NONE
}

// ── the leaves, in the order of their last use ──────────────────────────────────────────────────────────────────────

export function link(index: u32): void {
  const at = node(index)
  store<u32>(at, NODE_NONE, NODE_NEWER)
  store<u32>(at, newest, NODE_OLDER)
  if (newest != NODE_NONE) store<u32>(node(newest), index, NODE_NEWER)
  else oldest = index
  newest = index
}

export function unlink(index: u32): void {
  const at = node(index)
  const newer = load<u32>(at, NODE_NEWER)
  const older = load<u32>(at, NODE_OLDER)
  if (newer != NODE_NONE) store<u32>(node(newer), older, NODE_OLDER)
  else newest = older
  if (older != NODE_NONE) store<u32>(node(older), newer, NODE_NEWER)
  else oldest = newer
}

export function isLeaf(index: u32): bool {
  return index != NODE_BASE && load<u32>(node(index), NODE_CHILDREN) == 0
}

/** A new child, for this moment, in the list of leaves. */
export function newNode(current: u32): u32 {
  let index = nodesFree
  if (index != NODE_NONE) nodesFree = load<u32>(node(index), NODE_OLDER)
  else index = nodesFresh++
  const at = node(index)
  const parent = node(current)
  if (isLeaf(current)) unlink(current)
  store<u32>(parent, load<u32>(parent, NODE_CHILDREN) + 1, NODE_CHILDREN)
  store<u32>(at, current, NODE_PARENT)
  store<u32>(at, 0, NODE_CHILDREN)
  store<u32>(at, load<u32>(parent, NODE_DEPTH) + 1, NODE_DEPTH)
  store<u32>(at, load<u32>(at, NODE_GENERATION) + 1, NODE_GENERATION)
  store<u32>(at, 1, NODE_HELD)
  store<u64>(at, load<u64>(EXPLORE_DRAWS), NODE_DRAWS)
  store<u64>(at, load<u64>(EXPLORE_MARK_CALLS), NODE_MARK_CALLS)
  link(index)
  nodesHeld++
  return index
}

/** Opens the node's chain where its entries begin: behind the host state. */
export function openEntries(index: u32): void {
  const at = node(index)
  seekChain(load<u32>(at, NODE_HOST_BLOCK), load<u32>(at, NODE_HOST_AT))
  skipBytes(load<u32>(at, NODE_HOST_BYTES))
}

/** Gives back the node and its blocks; `entry` has room for one. */
export function throwOut(index: u32, entry: usize): void {
  const at = node(index)
  unlink(index)
  openEntries(index)
  for (let i: u32 = 0; i < load<u32>(at, NODE_ENTRIES); i++) {
    readBytes(entry, ENTRY_BYTES)
    giveBlock(load<u32>(entry, 8))
  }
  giveChain(load<u32>(at, NODE_CHAIN))
  store<u32>(at, 0, NODE_HELD)
  store<u32>(at, nodesFree, NODE_OLDER)
  nodesFree = index
  nodesHeld--
  const parent = load<u32>(at, NODE_PARENT)
  const children = load<u32>(node(parent), NODE_CHILDREN) - 1
  store<u32>(node(parent), children, NODE_CHILDREN)
  if (children == 0 && parent != NODE_BASE) link(parent)
}

import { readFile } from 'node:fs/promises'
import { bundlePeer, installPeers, peers, sheetOf } from '../bench/embed/peers.ts'
import { gzipped, wholeSize } from './measure.ts'

export interface PeerSize {
  title: string
  /** Bytes of all scripts that load at once. */
  bytes: number
  /** Bytes of the style sheet that its page needs. */
  sheet: number
}

/** What the peers weigh, bundled as our widgets are. */
export async function peerSizes(): Promise<PeerSize[]> {
  await installPeers()
  const sizes: PeerSize[] = []
  for (const peer of peers) {
    const file = sheetOf(peer)
    const sheet = file ? gzipped(await readFile(file, 'utf8')) : 0
    sizes.push({ title: peer.title, bytes: wholeSize(await bundlePeer(peer)), sheet })
  }
  return sizes
}

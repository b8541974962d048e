import { bundlePeer, installPeers, peers } from '../bench/embed/peers.ts'
import { wholeSize } from './measure.ts'

/** What the peers weigh, bundled as our widgets are: bytes of all scripts that load at once. */
export async function peerSizes(): Promise<{ title: string; bytes: number }[]> {
  await installPeers()
  const sizes: { title: string; bytes: number }[] = []
  for (const peer of peers) sizes.push({ title: peer.title, bytes: wholeSize(await bundlePeer(peer)) })
  return sizes
}
